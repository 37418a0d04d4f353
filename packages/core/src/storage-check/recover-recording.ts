import type { Failure } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { StoredRecording } from "../ports/repositories/index.ts";
import { mirrorRecordings } from "../recording/mirror-recordings.ts";

/**
 * Deals with a recording whose audio is not where the record has it: it is fetched again where the carrier still has it, else
 * written down as missing. False, changing nothing, for one that is not stored any more.
 */
export async function recoverRecording(ctx: Context<SystemActor>, stored: StoredRecording): Promise<boolean> {
  const { id, callId, workspaceId, r2Key, sha256 } = stored;
  const at = ctx.clock.now();
  const isLost = await ctx.unitOfWork(async (tx) => {
    await tx.calls.lock(callId);
    const recording = await tx.recordings.lock(id);
    if (recording.state !== "stored" || recording.r2Key !== r2Key) return false;
    const canFetch = recording.source === "carrier" && recording.carrierDeletedAt === null;
    const detail = `The storage does not have its audio any more (SHA-256 ${sha256}). ${canFetch ? "It is fetched from the carrier again." : "Nobody else has it."}`;
    await tx.recordings.save({
      ...recording,
      state: canFetch ? "storing" : "missing",
      r2Key: null,
      storedAt: null,
      note: detail,
      failure: canFetch ? null : lost(at),
    });
    await mirrorRecordings(tx, callId);
    if (canFetch) {
      await tx.jobs.add({
        workspaceId,
        kind: "recording.store",
        key: `recording.store/${id}/lost/${at.getTime()}`,
        payload: { recordingId: id },
      });
    }
    await tx.storageChecks.open({ kind: "row_without_object", r2Key, workspaceId, recordingId: id, detail }, at);
    await tx.outbox.tellCall(workspaceId, callId, "recording");
    return true;
  });
  if (isLost) ctx.log.error("A recording's audio is not in the storage", { recordingId: id, object: r2Key });
  return isLost;
}

function lost(at: Date): Failure {
  const message = "Its audio was stored, and the storage does not have it any more. The carrier has no copy.";
  return { code: "not_found", message, at: at.toISOString(), canRetry: false };
}
