import type { RecordingId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobUnasked } from "../job/job-handler.ts";
import type { CarrierRecords } from "../ports/index.ts";
import { findAtCarrier } from "./transfer-recording.ts";

/**
 * Deletes the carrier's copy of a recording that is safely ours, or that was taken away for good; one that is gone already counts as
 * deleted. What is held stays, there too: the nightly run of retention asks again once it is released.
 */
export async function deleteCarrierCopy(
  ctx: Context<SystemActor>,
  records: CarrierRecords,
  recordingId: RecordingId,
): Promise<JobUnasked | undefined> {
  const recording = await ctx.unitOfWork(async (tx) => {
    const found = await tx.recordings.find(recordingId);
    const { callId: id, workspaceId } = found;
    return (await tx.holds.isHeld({ id, workspaceId })) ? null : found;
  });
  if (recording === null || recording.carrierDeletedAt !== null) return { kind: "unasked" };
  if (recording.state !== "stored" && recording.state !== "purged") return { kind: "unasked" };
  const found = await findAtCarrier(records, recording);
  if (found !== null) await records.deleteRecording(found.carrierRecordingId);
  await ctx.unitOfWork(async (tx) => {
    const current = await tx.recordings.lock(recordingId);
    await tx.recordings.save({ ...current, carrierDeletedAt: ctx.clock.now() });
    await tx.outbox.tellCall(current.workspaceId, current.callId, "recording");
  });
  return undefined;
}
