import type { Failure, RecordingId } from "@earwitness/shared";
import type { Context } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import { mirrorRecordings } from "./mirror-recordings.ts";
import { replaceByChunks } from "./replace-by-chunks.ts";

/**
 * Says on a recording why it could not be stored. One that is stored or taken away meanwhile stays so. What we heard of the call ourselves
 * takes the place of a carrier's file that cannot be had.
 */
export async function failRecording(
  ctx: Pick<Context, "newId" | "clock" | "log">,
  tx: Repositories,
  recordingId: RecordingId,
  failure: Failure,
): Promise<void> {
  const { callId } = await tx.recordings.find(recordingId);
  const call = await tx.calls.lock(callId);
  const recording = await tx.recordings.lock(recordingId);
  if (recording.state === "stored" || recording.state === "purged") return;
  await tx.recordings.save({ ...recording, state: "failed", failure });
  await mirrorRecordings(tx, callId);
  if (call !== null) await replaceByChunks(ctx, tx, call);
  await tx.outbox.tellCall(recording.workspaceId, callId, "recording");
}
