import { z } from "zod";
import { CountLine, type CountName } from "./count-name.ts";

/** The room's own account of a call whose sound it heard. */
const LiveMoment = z.object({
  message: z.literal("A call's live moment is over."),
  properties: z.object({
    messagesIn: z.int(),
    chunksStored: z.int(),
    chunkBytes: z.int(),
    activeMs: z.number(),
    framesIn: z.int(),
    framesLost: z.int(),
  }),
});
export type LiveMoment = z.infer<typeof LiveMoment>["properties"];

/** Whoever measures asks the API how the call goes: its lines are none of the call's. */
const OursAsking = z.object({ logger: z.literal("earwitness.api") });

export interface Counts {
  counted: Record<CountName, number>;
  /** The same, told apart by what they are of: rows by their table, requests by what was asked. */
  parts: Partial<Record<CountName, Record<string, number>>>;
  /** The lines of the workers that serve the call. */
  logLines: number;
  /** null while no room has told of one. */
  live: LiveMoment | null;
}

/** Adds up what the workers' log says: the counts of the wrapped workers, the room's account, and how many lines there were. */
export function readCounts(log: string): Counts {
  const counts: Counts = { counted: noCounts(), parts: {}, logLines: 0, live: null };
  for (const line of log.split("\n")) {
    if (line === "") continue;
    const said = parseJson(line);
    const count = CountLine.safeParse(said);
    if (count.success) {
      addTo(counts, count.data);
      continue;
    }
    if (OursAsking.safeParse(said).success) continue;
    counts.logLines += 1;
    counts.live = LiveMoment.safeParse(said).data?.properties ?? counts.live;
  }
  return counts;
}

function addTo({ counted, parts }: Counts, { counted: name, n, of }: z.infer<typeof CountLine>): void {
  counted[name] += n;
  if (of === undefined) return;
  const known = parts[name] ?? {};
  parts[name] = known;
  known[of] = (known[of] ?? 0) + n;
}

function noCounts(): Record<CountName, number> {
  return {
    worker_request: 0,
    object_request: 0,
    object_message_in: 0,
    object_active_ms: 0,
    row_read: 0,
    row_written: 0,
    queue_message: 0,
    kv_read: 0,
    kv_write: 0,
    r2_class_a: 0,
    r2_class_b: 0,
  };
}

/** A line that is no JSON, such as the runtime's own, counts as a line. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
