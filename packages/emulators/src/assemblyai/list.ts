import { z } from "zod";
import type { Laboratory } from "./laboratory.ts";
import { problems } from "./problem.ts";
import { listView } from "./transcript.ts";

const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(10),
  status: z.enum(["queued", "processing", "completed", "error"]).optional(),
  created_on: z.iso.date().optional(),
  before_id: z.string().optional(),
  after_id: z.string().optional(),
  throttled_only: z.enum(["true", "false"]).optional(),
});

/** One page of transcripts, newest first. `prev_url` leads to older ones, `next_url` to newer ones. */
export function listTranscripts(laboratory: Laboratory, query: URLSearchParams): object {
  const parsed = ListQuery.safeParse(Object.fromEntries(query));
  if (!parsed.success)
    throw problems.badRequest(`Invalid value for ${parsed.error.issues[0]?.path.join(".") || "query"}`);
  const { limit, status, created_on, before_id, after_id, throttled_only } = parsed.data;
  const all = [...laboratory.transcripts.values()].reverse();
  const fitting = all.filter(
    (transcript) =>
      (status === undefined || transcript.status === status) &&
      (created_on === undefined || transcript.created.startsWith(created_on)) &&
      (throttled_only !== "true" || transcript.throttled),
  );
  const position = (id: string) => {
    const index = fitting.findIndex((transcript) => transcript.id === id);
    if (index < 0) throw problems.badRequest("Invalid transcript id in before_id or after_id");
    return index;
  };
  const older = before_id === undefined ? fitting : fitting.slice(position(before_id) + 1);
  const page = after_id === undefined ? older.slice(0, limit) : fitting.slice(0, position(after_id)).slice(-limit);
  const first = page[0];
  const last = page.at(-1);
  const urlOf = (name: string, id: string) => `${laboratory.origin}/v2/transcript?limit=${limit}&${name}=${id}`;
  const hasOlder = last !== undefined && fitting.at(-1) !== last;
  const hasNewer = first !== undefined && fitting[0] !== first;
  return {
    page_details: {
      limit,
      result_count: page.length,
      current_url: `${laboratory.origin}/v2/transcript?${query}`,
      prev_url: hasOlder && last !== undefined ? urlOf("before_id", last.id) : null,
      next_url: hasNewer && first !== undefined ? urlOf("after_id", first.id) : null,
    },
    transcripts: page.map((transcript) => listView(transcript, laboratory.origin)),
  };
}
