import { beginTalk } from "./advance-call.ts";
import { beginInbound } from "./begin-call.ts";
import { proofOfCall } from "./deadline.ts";
import { andThen, type Decision, decided, ignored } from "./decision.ts";
import { hearBridged } from "./follow-transfer.ts";
import { hearAnswered, hearHangUp, hearInitiated, hearMachine } from "./hear-leg.ts";
import { hearPlayEnded } from "./hear-play.ts";
import { hearStream } from "./keep-stream.ts";
import { isOwnLeg } from "./leg.ts";
import type { EarlyEvent, MachineState } from "./machine-state.ts";
import { saveRecording } from "./save-recording.ts";

/** A call has a handful of notices; a room that gets more before its call begins is not one of a call. */
const MAX_EARLY = 32;

/** Applies a carrier's notice, in whatever order notices come. */
export function hearCarrier(state: MachineState, heard: EarlyEvent): Decision {
  if (state.phase === "awaited") return hearBeforeCall(state, heard);
  const { event } = heard;
  switch (event.type) {
    case "initiated":
      return hearInitiated(state, heard, event);
    case "answered":
      return hearAnswered(state, heard, event);
    case "machine_detected":
      return hearMachine(state, heard, event);
    case "hangup":
      return hearHangUp(state, heard, event);
    case "speak_ended": {
      if (state.phase !== "announcing" || !isOwnLeg(state.call, event.leg.legId)) return ignored(state);
      const talk = beginTalk(state.call, heard.at);
      if (!event.completed) return talk;
      return { ...talk, facts: [{ type: "call.announced", at: event.at, text: state.text }, ...talk.facts] };
    }
    case "recording_saved": {
      const { carrierRecordingId, channels, format, startedAt, endedAt, url } = event;
      const carrierLegId = event.leg.legId;
      return saveRecording(state, heard, {
        carrierLegId,
        carrierRecordingId,
        channels,
        format,
        startedAt,
        endedAt,
        url,
      });
    }
    case "recording_error": {
      if (state.phase !== "talking" && state.phase !== "ended") return ignored(state);
      if (state.recording !== "requested" && state.recording !== "running") return ignored(state);
      const facts = [{ type: "recording.failed" as const, at: event.at, reason: event.reason }];
      return decided({ ...state, recording: "none" }, { facts });
    }
    case "stream_started":
    case "stream_stopped":
    case "stream_failed":
      return hearStream(state, heard.at, event);
    case "bridged":
      return hearBridged(state, heard, event);
    case "play_ended":
      return hearPlayEnded(state, heard.at, event);
    default:
      return ignored(state);
  }
}

/**
 * Begins the call that came in, and applies what overtook its beginning. Notices of a call that somebody dialed past us
 * are no call of ours: they are kept, and nothing is commanded. That it was dialed is told by its first notice alone, so that
 * one is remembered.
 */
function hearBeforeCall(state: Extract<MachineState, { phase: "awaited" }>, heard: EarlyEvent): Decision {
  const { event } = heard;
  if (event.type === "initiated" && event.direction === "inbound") {
    const { at, leg, from, to } = event;
    return hearEarly(beginInbound(heard, { at, leg, parties: { from, to } }), state.early);
  }
  if (event.type === "other" || state.early.length >= MAX_EARLY) return ignored(state);
  return { ...ignored(state), state: { phase: "awaited", early: [...state.early, heard] } };
}

/** Begins a call whose first notice was lost, from one that proves that there was a call. */
export function beginWithoutFirst(
  state: Extract<MachineState, { phase: "awaited" }>,
  logged: { at: string; seed: string },
): Decision {
  const proof = proofOfCall(state.early);
  if (proof === null) return ignored(state);
  const { at, leg } = proof.event;
  return hearEarly(beginInbound(logged, { at, leg, parties: proof.parties }), state.early);
}

/** Applies notices that came before their call began, in the order in which they happened. */
export function hearEarly(begun: Decision, early: readonly EarlyEvent[]): Decision {
  const inOrder = [...early].sort((a, b) => (a.event.at < b.event.at ? -1 : a.event.at > b.event.at ? 1 : a.n - b.n));
  return inOrder.reduce((decision, event) => andThen(decision, (state) => hearCarrier(state, event)), begun);
}
