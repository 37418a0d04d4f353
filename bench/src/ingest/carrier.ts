import path from "node:path";
import { z } from "zod";
import { startLineProcess } from "../line-process.ts";

const Address = z.object({ apiUrl: z.url(), fileUrl: z.url(), publicKey: z.string() });
const Served = z.object({
  served: z.array(z.object({ beganAtMs: z.number(), endedAtMs: z.number(), bytes: z.number() })),
});

/** A carrier whose calls have recordings of any size: it makes their bytes as they are fetched, and holds none of them. */
export interface RecordingCarrier extends z.infer<typeof Address> {
  useDoor(door: { noticesUrl: string; number: string }): Promise<void>;
  /** Rings in from `from`, is answered and recorded, hangs up, and has a recording of `sizeBytes`. */
  call(from: string, sizeBytes: number): Promise<void>;
  /** Files that were fetched to their end, and from when to when. */
  served(): Promise<z.infer<typeof Served>["served"]>;
  close(): Promise<void>;
}

/** Starts it, in a process of its own. Close it. */
export async function startRecordingCarrier(): Promise<RecordingCarrier> {
  const lines = startLineProcess(path.join(import.meta.dirname, "carrier-process.ts"));
  return {
    ...(await lines.ask({ order: "address" }, Address)),
    async useDoor(door) {
      await lines.ask({ order: "use_door", ...door }, z.object({}));
    },
    async call(from, sizeBytes) {
      await lines.ask({ order: "call", from, sizeBytes }, z.object({}));
    },
    served: async () => (await lines.ask({ order: "served" }, Served)).served,
    close: () => lines.close(),
  };
}
