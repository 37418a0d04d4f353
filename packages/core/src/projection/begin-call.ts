import type { CallId, NumberId, WorkspaceId } from "@earwitness/shared";
import type { CallFact } from "../call/fact.ts";
import type { CallRecord } from "./call-record.ts";

/** Whose call it is: known from the call's own facts, or from whose number was called. */
export interface CallHome {
  readonly workspaceId: WorkspaceId;
  /** null when the workspace does not have the number any more. */
  readonly numberId: NumberId | null;
}

/** The record of a call of which nothing but its beginning is known. */
export function beginCall(
  started: Extract<CallFact, { type: "call.started" }>,
  begun: { callId: CallId; room: string; home: CallHome },
): CallRecord {
  return {
    id: begun.callId,
    ...begun.home,
    room: begun.room,
    direction: started.direction,
    carrier: started.carrier,
    carrierSessionId: started.carrierSessionId,
    fromAddress: started.from,
    toAddress: started.to,
    placedBy: started.placedBy,
    state: "ringing",
    startedAt: new Date(started.at),
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
  };
}
