import type { RecordingRecord, TranscriptRecord } from "@earwitness/core";
import { newId } from "@earwitness/shared";

/** A transcript that waits to be asked for. */
export function aTranscript(
  { id: recordingId, workspaceId, callId }: Pick<RecordingRecord, "id" | "workspaceId" | "callId">,
  changes: Partial<TranscriptRecord> = {},
): TranscriptRecord {
  return {
    id: newId("transcript"),
    workspaceId,
    callId,
    recordingId,
    version: 1,
    state: "waiting",
    vendor: "assemblyai",
    vendorTranscriptionId: null,
    submittingSince: null,
    submissions: 0,
    language: null,
    confidence: null,
    wordCount: 0,
    createdAt: new Date("2026-11-20T10:06:00.000Z"),
    submittedAt: null,
    completedAt: null,
    failure: null,
    comparison: null,
    ...changes,
  };
}
