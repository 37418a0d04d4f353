import type { CallRoomDoor } from "../call/room-door.ts";
import type { Context, SystemActor } from "../context.ts";
import type { CarrierRecords } from "../ports/index.ts";
import type { CallRecord } from "../projection/call-record.ts";
import { inTurn } from "./in-turn.ts";

/** Younger calls are left to their notices: most of them end, and are told to have ended, within this time. */
const MIN_AGE_MS = 60_000;
const CALLS_PER_RUN = 50;

/**
 * Asks the carrier about the legs of calls that should still be on the line, and tells the room of those that are not.
 * Returns how many were gone.
 */
export async function findLostHangUps(
  ctx: Context<SystemActor>,
  ports: { records: CarrierRecords; rooms: (room: string) => Pick<CallRoomDoor, "observe"> },
  asOf: Date,
): Promise<number> {
  const calls = await ctx.unitOfWork((tx) =>
    tx.calls.claimUnfinished({
      startedBefore: new Date(asOf.getTime() - MIN_AGE_MS),
      now: ctx.clock.now(),
      limit: CALLS_PER_RUN,
    }),
  );
  return inTurn(ctx, calls, (call) => askAboutLegs(ctx, ports, call));
}

async function askAboutLegs(
  ctx: Context<SystemActor>,
  { records, rooms }: Parameters<typeof findLostHangUps>[1],
  call: CallRecord,
): Promise<number> {
  const legs = await ctx.unitOfWork((tx) => tx.legs.ofCall(call.id));
  let gone = 0;
  for (const { carrierLegId, carrierControlId, endedAt } of legs) {
    if (endedAt !== null) continue;
    const leg = await records.leg(carrierControlId);
    if (leg?.isAlive) continue;
    // The carrier forgets a leg ten minutes after its end: one that it does not know ended at some time.
    await rooms(call.room).observe({ type: "leg_gone", carrierLegId, endedAt: leg?.endedAt ?? null });
    ctx.log.warn("A hang-up was found by asking", { callId: call.id, carrierLegId });
    gone++;
  }
  return gone;
}
