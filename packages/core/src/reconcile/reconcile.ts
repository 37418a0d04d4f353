import type { CallRoomDoor } from "../call/room-door.ts";
import type { Context, SystemActor } from "../context.ts";
import type { CarrierRecords } from "../ports/index.ts";
import { askForTranscripts } from "./ask-for-transcripts.ts";
import { findLostHangUps } from "./find-lost-hang-ups.ts";
import { findLostNotices } from "./find-lost-notices.ts";
import { findLostRecordings } from "./find-lost-recordings.ts";

export interface ReconcilePorts {
  readonly records: CarrierRecords;
  readonly rooms: (room: string) => Pick<CallRoomDoor, "observe" | "deliver">;
}

/** One thing that may have been lost on its way to us, and how to find it. `asOf` is when the run was due. */
const STEPS: readonly {
  readonly name: "lostNotices" | "lostHangUps" | "lostRecordings" | "silentTranscripts";
  readonly run: (ctx: Context<SystemActor>, ports: ReconcilePorts, asOf: Date) => Promise<number>;
}[] = [
  // First: with them the books may be whole, and nothing else is left to be asked.
  { name: "lostNotices", run: findLostNotices },
  { name: "lostHangUps", run: findLostHangUps },
  { name: "lostRecordings", run: findLostRecordings },
  { name: "silentTranscripts", run: (ctx, _ports, asOf) => askForTranscripts(ctx, asOf) },
];

/**
 * Asks vendors about everything whose notice should have come by now, and has it dealt with as if it had. Bounded in each run,
 * beginning with what was asked about longest ago; safe to run twice at once. A step that fails keeps the others from nothing.
 * Throws afterwards when one has failed, so that the run counts as failed. Returns what each step found.
 */
export async function reconcile(
  ctx: Context<SystemActor>,
  ports: ReconcilePorts,
  asOf: Date,
): Promise<Record<string, number>> {
  const failures: unknown[] = [];
  const counts: Record<string, number> = {};
  for (const { name, run } of STEPS) {
    try {
      counts[name] = await run(ctx, ports, asOf);
    } catch (error) {
      failures.push(error);
      ctx.log.error("A step of reconciliation failed", { step: name, reason: String(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "Reconciliation did not come to its end.");
  return counts;
}
