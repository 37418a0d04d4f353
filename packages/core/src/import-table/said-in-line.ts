import { type CompleteUpload, hasCode } from "@earwitness/shared";
import { z } from "zod";
import { soundCallOf } from "../upload/said-of-call.ts";

/** An empty cell says nothing. */
const said = (cell: unknown) => (cell === "" ? undefined : cell);

/** A line's cells by their headings. Others may stand beside them. */
const Cells = z.object({
  file: z.string().min(1).max(500),
  started_at: z.iso.datetime({
    offset: true,
    error: "must be an instant: ISO 8601 with offset, 2026-11-21T09:00:00+01:00",
  }),
  direction: z.enum(["inbound", "outbound"]),
  from: z.string(),
  to: z.string(),
  language: z.preprocess(said, z.string().max(35).optional()),
  caller_channel: z.preprocess(said, z.coerce.number().int().min(1).max(2).default(1)),
});

export interface SaidInLine {
  readonly file: string;
  readonly said: Extract<CompleteUpload, { kind: "recording" }>;
}

/** What a line says of a recording, or, as a sentence, what is wrong with it. */
export function saidInLine(cells: Readonly<Record<string, string>>, now: Date): SaidInLine | string {
  const parsed = Cells.safeParse(cells);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  }
  const { file, started_at, caller_channel, language, direction, from, to } = parsed.data;
  const asSaid = {
    kind: "recording" as const,
    direction,
    from,
    to,
    startedAt: started_at,
    callerChannel: caller_channel,
    language: language ?? null,
  };
  try {
    return { file, said: { ...asSaid, ...soundCallOf(asSaid, now) } };
  } catch (error) {
    if (!hasCode(error, "invalid_request")) throw error;
    return error.fields.map(({ pointer, detail }) => `${pointer.replace("#/", "")}: ${detail}`).join("; ");
  }
}
