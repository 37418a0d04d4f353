import type { CallRecord, RecordingRecord, TranscriptRecord } from "@earwitness/core";
import { type CallId, newId } from "@earwitness/shared";
import { asSystem } from "./database.ts";
import type { Tenant } from "./tenant.ts";

/** Puts a call into the record, as its projection would; ended and not recorded unless told otherwise. */
export async function addCall(tenant: Tenant, changes: Partial<CallRecord> = {}): Promise<CallRecord> {
  const id: CallId = newId("call");
  const startedAt = changes.startedAt ?? new Date("2026-11-20T10:00:00.000Z");
  const call: CallRecord = {
    id,
    workspaceId: tenant.workspaceId,
    room: `telnyx:${id}`,
    direction: "inbound",
    carrier: "telnyx",
    carrierSessionId: null,
    fromAddress: "+4915112345678",
    toAddress: tenant.e164,
    numberId: tenant.numberId,
    placedBy: null,
    state: "ended",
    startedAt,
    answeredAt: null,
    announcedAt: null,
    recordingStartedAt: null,
    endedAt: new Date(startedAt.getTime() + 20_000),
    durationMs: 0,
    hangupCause: "no_answer",
    endedBy: "caller",
    carrierCause: "timeout",
    sipCode: "487",
    machineResult: null,
    notRecordedReason: null,
    recordingState: null,
    transcriptState: null,
    firstLine: null,
    language: null,
    noticesReceived: 0,
    noticesRepeated: 0,
    noticesApplied: 0,
    ...changes,
  };
  await asSystem((tx) => tx.calls.save(call));
  return call;
}

/** Puts a recording of a call into the record; still at the carrier unless told otherwise. */
export async function addRecording(call: CallRecord, changes: Partial<RecordingRecord> = {}): Promise<RecordingRecord> {
  const id = newId("recording");
  const recording: RecordingRecord = {
    id,
    workspaceId: call.workspaceId,
    callId: call.id,
    state: "storing",
    carrier: "telnyx",
    carrierRecordingId: `carrier-${id}`,
    carrierLegId: "leg",
    carrierUrl: null,
    savedAt: new Date("2026-11-20T10:05:00.000Z"),
    format: "wav",
    channels: 2,
    callerChannel: 1,
    startedAt: null,
    endedAt: null,
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
    ...changes,
  };
  await asSystem((tx) => tx.recordings.add(recording));
  return recording;
}

/** Puts a transcript of a recording into the record; not asked for yet unless told otherwise. */
export async function addTranscript(
  recording: RecordingRecord,
  changes: Partial<TranscriptRecord> = {},
): Promise<TranscriptRecord> {
  const transcript: TranscriptRecord = {
    id: newId("transcript"),
    workspaceId: recording.workspaceId,
    callId: recording.callId,
    recordingId: recording.id,
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
    ...changes,
  };
  await asSystem((tx) => tx.transcripts.add(transcript));
  return transcript;
}
