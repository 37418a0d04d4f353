import type { Failure, RecordingId } from "@earwitness/shared";
import type { Repositories } from "../ports/repositories/index.ts";
import { mirrorRecordings } from "./mirror-recordings.ts";

/** Says on a recording why it could not be stored. One that is stored meanwhile stays so. */
export async function failRecording(tx: Repositories, recordingId: RecordingId, failure: Failure): Promise<void> {
  const { callId } = await tx.recordings.find(recordingId);
  await tx.calls.lock(callId);
  const recording = await tx.recordings.lock(recordingId);
  if (recording.state === "stored") return;
  await tx.recordings.save({ ...recording, state: "failed", failure });
  await mirrorRecordings(tx, callId);
  await tx.outbox.tellCall(recording.workspaceId, callId, "recording");
}
