import type { CallRoomDoor } from "../call/room-door.ts";
import type { Context, SystemActor } from "../context.ts";
import type { CarrierRecords } from "../ports/index.ts";
import { askForTranscripts } from "./ask-for-transcripts.ts";
import { findLostHangUps } from "./find-lost-hang-ups.ts";
import { findLostRecordings } from "./find-lost-recordings.ts";

export interface ReconcilePorts {
  readonly records: CarrierRecords;
  readonly rooms: (room: string) => Pick<CallRoomDoor, "observe">;
}

/** One thing that may have been lost on its way to us, and how to find it. `asOf` is when the run was due. */
const STEPS: readonly {
  readonly name: string;
  readonly run: (ctx: Context<SystemActor>, ports: ReconcilePorts, asOf: Date) => Promise<number>;
}[] = [
  { name: "lost hang-ups", run: findLostHangUps },
  { name: "lost recordings", run: findLostRecordings },
  { name: "unanswered transcripts", run: (ctx, _ports, asOf) => askForTranscripts(ctx, asOf) },
];

/**
 * Asks vendors about everything whose notice should have come by now, and has it dealt with as if it had. Bounded in each run,
 * beginning with what was asked about longest ago; safe to run twice at once. A step that fails keeps the others from nothing.
 * Throws afterwards when one has failed, so that the run counts as failed.
 */
export async function reconcile(ctx: Context<SystemActor>, ports: ReconcilePorts, asOf: Date): Promise<void> {
  const failures: unknown[] = [];
  for (const { name, run } of STEPS) {
    const startedAt = ctx.clock.now().getTime();
    try {
      const found = await run(ctx, ports, asOf);
      ctx.log.info("Reconciled", { step: name, found, durationMs: ctx.clock.now().getTime() - startedAt });
    } catch (error) {
      failures.push(error);
      ctx.log.error("A step of reconciliation failed", { step: name, reason: String(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "Reconciliation did not come to its end.");
}
