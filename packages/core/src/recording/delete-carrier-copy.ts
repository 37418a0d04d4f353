import type { RecordingId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { CarrierRecords } from "../ports/index.ts";
import { findAtCarrier } from "./transfer-recording.ts";

/** Deletes the carrier's copy of a recording that is safely ours; one that is gone already counts as deleted. */
export async function deleteCarrierCopy(
  ctx: Context<SystemActor>,
  records: CarrierRecords,
  recordingId: RecordingId,
): Promise<void> {
  const recording = await ctx.unitOfWork((tx) => tx.recordings.find(recordingId));
  if (recording.state !== "stored" || recording.carrierDeletedAt !== null) return;
  const found = await findAtCarrier(records, recording);
  if (found !== null) await records.deleteRecording(found.carrierRecordingId);
  await ctx.unitOfWork(async (tx) => {
    const current = await tx.recordings.lock(recordingId);
    await tx.recordings.save({ ...current, carrierDeletedAt: ctx.clock.now() });
    await tx.outbox.tellCall(current.workspaceId, current.callId, "recording");
  });
}
