import type { RecordingRecord, Repositories } from "../ports/repositories/index.ts";

/** What is known of a recording only once it is stored, or could not be. */
type Outcome =
  | "durationMs"
  | "sizeBytes"
  | "sha256"
  | "contentType"
  | "r2Key"
  | "peaksKey"
  | "storedAt"
  | "carrierDeletedAt"
  | "failure"
  | "note";
export type NewRecording = Omit<RecordingRecord, "state" | Outcome>;

/** Adds a recording that is still to be brought into our storage, and the job that does it. One that the call has stays as it is. */
export async function addRecording(
  tx: Pick<Repositories, "recordings" | "jobs">,
  recording: NewRecording,
): Promise<void> {
  const isNew = await tx.recordings.add({
    ...recording,
    state: "storing",
    durationMs: null,
    sizeBytes: null,
    sha256: null,
    contentType: null,
    r2Key: null,
    peaksKey: null,
    storedAt: null,
    carrierDeletedAt: null,
    failure: null,
    note: null,
  });
  if (!isNew) return;
  const kind = storingKind(recording);
  await tx.jobs.add({
    workspaceId: recording.workspaceId,
    kind,
    key: `${kind}/${recording.id}`,
    payload: { recordingId: recording.id },
    callId: recording.callId,
  });
}

/** The kind of job that brings a recording into our storage: what is with us already waits for no carrier. */
export function storingKind({ source }: Pick<RecordingRecord, "source">) {
  return source === "carrier" ? "recording.store" : "recording.store_own";
}
