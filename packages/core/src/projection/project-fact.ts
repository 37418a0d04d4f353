import type { CallFact } from "../call/fact.ts";
import type { CallRecord } from "./call-record.ts";

/** A list shows one line. */
const LAST_CAPTION_CHARACTERS = 160;

/**
 * The record of a call after one more fact. Facts come in the order of their numbers, yet the carrier's notices behind them
 * in any order: an end stays an end, and audio that is being stored is not "being recorded" again. What a fact says about
 * other rows (legs, notices, recordings) is not here. A type that is not known changes nothing.
 */
export function projectFact(call: CallRecord, fact: CallFact): CallRecord {
  switch (fact.type) {
    case "leg.changed":
      // An outbound call learns the carrier's session from its first leg.
      return { ...call, carrierSessionId: call.carrierSessionId ?? fact.carrierSessionId };
    case "call.answered":
      // Told again when the notice of an inferred answer comes after all: the last word counts.
      return {
        ...call,
        answeredAt: new Date(fact.at),
        state: call.state === "ringing" ? "live" : call.state,
      };
    case "call.announced":
      return { ...call, announcedAt: call.announcedAt ?? new Date(fact.at) };
    case "machine.detected":
      return { ...call, machineResult: fact.result };
    case "recording.started":
      return {
        ...call,
        recordingStartedAt: call.recordingStartedAt ?? new Date(fact.at),
        recordingState: call.recordingState ?? (call.state === "ended" ? "awaited" : "recording"),
      };
    case "recording.not_made":
      return { ...call, notRecordedReason: call.notRecordedReason ?? fact.reason };
    case "recording.failed":
      // A recording that the carrier did save outweighs its word that it could not.
      return isAudioComing(call) ? call : { ...call, recordingState: "failed", notRecordedReason: fact.reason };
    case "recording.saved":
      // Whatever was said for want of one is not true any more.
      return { ...call, recordingState: "storing", notRecordedReason: null };
    case "call.ended":
      // Told again when a late notice knows better: the last word counts.
      return {
        ...call,
        state: "ended",
        endedAt: new Date(fact.at),
        durationMs: fact.answeredMs,
        hangupCause: fact.cause,
        endedBy: fact.endedBy,
        carrierCause: fact.carrierCause,
        sipCode: fact.sipCode,
        recordingState: call.recordingState === "recording" ? "awaited" : call.recordingState,
      };
    case "caption.settled":
      return { ...call, lastCaption: fact.caption.text.slice(0, LAST_CAPTION_CHARACTERS) };
    case "live.ended":
      return { ...call, liveEndedAt: new Date(fact.at), captionLatency: fact.captionLatency };
    case "notice.kept":
      return {
        ...call,
        noticesReceived: call.noticesReceived + 1,
        noticesApplied: call.noticesApplied + (fact.applied ? 1 : 0),
      };
    case "notice.repeated":
      return {
        ...call,
        noticesReceived: call.noticesReceived + 1,
        noticesRepeated: call.noticesRepeated + 1,
      };
    default:
      return call;
  }
}

function isAudioComing({ recordingState }: CallRecord): boolean {
  return recordingState === "storing" || recordingState === "stored";
}
