import type { RecordingId } from "@earwitness/shared";
import type { RecordingRecord, Repositories } from "../ports/repositories/index.ts";
import { mirrorRecordings } from "./mirror-recordings.ts";

/**
 * Takes back that a recording could not be stored: it is to be fetched again by a job. Null, changing nothing, for one of which that
 * was not said, as one that is stored.
 */
export async function reopenRecording(tx: Repositories, recordingId: RecordingId): Promise<RecordingRecord | null> {
  const { callId } = await tx.recordings.find(recordingId);
  await tx.calls.lock(callId);
  const recording = await tx.recordings.lock(recordingId);
  if (recording.state !== "failed" && recording.state !== "missing") return null;
  const reopened: RecordingRecord = { ...recording, state: "storing", failure: null };
  await tx.recordings.save(reopened);
  await mirrorRecordings(tx, callId);
  await tx.outbox.tellCall(recording.workspaceId, callId, "recording");
  return reopened;
}
