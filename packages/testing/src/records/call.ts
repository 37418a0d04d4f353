import type { CallRecord } from "@earwitness/core";
import { newId, type WorkspaceId } from "@earwitness/shared";

/** A call that has just begun to ring, in a room of its own. */
export function aCall(workspaceId: WorkspaceId, changes: Partial<CallRecord> = {}): CallRecord {
  const id = changes.id ?? newId("call");
  return {
    id,
    workspaceId,
    room: `telnyx:${id}`,
    direction: "inbound",
    carrier: "telnyx",
    carrierSessionId: id,
    fromAddress: "+15550100001",
    toAddress: "+15550100002",
    numberId: null,
    placedBy: null,
    state: "ringing",
    startedAt: new Date(),
    answeredAt: null,
    announcedAt: null,
    recordingStartedAt: null,
    endedAt: null,
    durationMs: null,
    hangupCause: null,
    endedBy: null,
    carrierCause: null,
    sipCode: null,
    machineResult: null,
    notRecordedReason: null,
    recordingState: null,
    transcriptState: null,
    firstLine: null,
    language: null,
    lastCaption: null,
    liveEndedAt: null,
    captionLatency: null,
    noticesReceived: 0,
    noticesRepeated: 0,
    noticesApplied: 0,
    purgedAt: null,
    ...changes,
  };
}
