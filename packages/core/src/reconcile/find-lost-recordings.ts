import type { CallRoomDoor } from "../call/room-door.ts";
import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import type { CarrierRecords } from "../ports/index.ts";
import type { CallRecord } from "../projection/call-record.ts";
import { replaceByChunks } from "../recording/replace-by-chunks.ts";
import { inTurn } from "./in-turn.ts";

/** The carrier's notice comes a second or two after the hang-up; after this it is taken for lost. */
const AWAITED_FOR_MS = 2 * 60_000;
/** A carrier that has no recording after a day will have none. */
const MISSING_AFTER_MS = DAY_MS;
/** A carrier that is behind catches up by then; people do not wait longer for words that we could give them. */
const REPLACED_AFTER_MS = 15 * 60_000;
const CALLS_PER_RUN = 50;

/**
 * Asks the carrier for the recordings of calls that were recorded and of which none came, and tells the room of those that it
 * has. After a day without one the recording is written down as missing, with the reason. Returns how many were found.
 */
export async function findLostRecordings(
  ctx: Context<SystemActor>,
  ports: { records: CarrierRecords; rooms: (room: string) => Pick<CallRoomDoor, "observe"> },
  asOf: Date,
): Promise<number> {
  const calls = await ctx.unitOfWork((tx) =>
    tx.calls.claimWithoutRecording({
      endedBefore: new Date(asOf.getTime() - AWAITED_FOR_MS),
      now: ctx.clock.now(),
      limit: CALLS_PER_RUN,
    }),
  );
  return inTurn(ctx, calls, async (call) => {
    const count = await askForRecordings(ctx, ports, call);
    const endedMsAgo = asOf.getTime() - (call.endedAt?.getTime() ?? asOf.getTime());
    if (count === 0 && endedMsAgo > MISSING_AFTER_MS) await writeDownAsMissing(ctx, call);
    else if (count === 0 && endedMsAgo > REPLACED_AFTER_MS) await replace(ctx, call);
    return count;
  });
}

async function askForRecordings(
  ctx: Context<SystemActor>,
  { records, rooms }: Parameters<typeof findLostRecordings>[1],
  call: CallRecord,
): Promise<number> {
  const legs = await ctx.unitOfWork((tx) => tx.legs.ofCall(call.id));
  let found = 0;
  for (const { carrierLegId } of legs) {
    for (const recording of await records.recordingsOfLeg(carrierLegId)) {
      await rooms(call.room).observe({ type: "recording_found", recording });
      ctx.log.warn("A recording was found by asking", { callId: call.id, carrierLegId });
      found++;
    }
  }
  return found;
}

/** Has what we heard ourselves take the place of a recording that does not come. */
async function replace(ctx: Context<SystemActor>, { id }: CallRecord): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const call = await tx.calls.lock(id);
    if (call !== null && call.recordingState === "awaited") await replaceByChunks(ctx, tx, call);
  });
}

async function writeDownAsMissing(ctx: Context<SystemActor>, { id }: CallRecord): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const call = await tx.calls.lock(id);
    // The notice may have come at last while we asked.
    if (call === null || (call.recordingState !== "awaited" && call.recordingState !== "recording")) return;
    const notRecordedReason = "The call was recorded, but the carrier has had no recording of it for a day.";
    await tx.calls.save({ ...call, recordingState: "missing", notRecordedReason });
    await tx.outbox.tellCall(call.workspaceId, call.id);
  });
  ctx.log.error("A recording is missing", { callId: id });
}
