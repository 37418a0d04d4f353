import type { CallRecord, RecordingRecord } from "@earwitness/core";
import { newId } from "@earwitness/shared";

/** A recording of both sides that the carrier has saved and that is not stored yet. */
export function aRecording(
  { id: callId, workspaceId }: Pick<CallRecord, "id" | "workspaceId">,
  changes: Partial<RecordingRecord> = {},
): RecordingRecord {
  const id = changes.id ?? newId("recording");
  return {
    id,
    workspaceId,
    callId,
    state: "storing",
    source: "carrier",
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
}
