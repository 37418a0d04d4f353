import type { TelephonyOutcome } from "../ports/telephony.ts";
import { beginTalk } from "./advance-call.ts";
import { commandKey, hangUpKey } from "./call-command.ts";
import type { Logged } from "./call-event.ts";
import { andThen, type Decision, decided, ignored } from "./decision.ts";
import { endCall, inferredEnd, lineGone } from "./end-call.ts";
import { loseMedia, streamOf, withStream } from "./keep-stream.ts";
import { legChanged, newLeg, withLeg } from "./leg.ts";
import type { CallState, MachineState } from "./machine-state.ts";
import { commandFailed, type NotTaken } from "./refusal.ts";
import { takeSteered } from "./take-steered.ts";

/** Applies the last word on a command. One that is no longer waited for changes nothing. */
export function takeOutcome(state: MachineState, logged: Logged, key: string, outcome: TelephonyOutcome): Decision {
  if (state.phase === "awaited") return ignored(state);
  const { callId, ending, stream, steering } = state.call;
  switch (key) {
    case commandKey(callId, "dial"):
      return takeDialed(state, logged, outcome);
    case commandKey(callId, "answer"):
      return takeAnswer(state, logged, outcome);
    case commandKey(callId, "speak"):
      return takeSpoken(state, logged, outcome);
    case commandKey(callId, "record_start"):
      return takeRecording(state, logged, outcome);
    case ending?.key:
      return takeHungUp(state, logged, outcome);
    case stream?.key:
      return takeStream(state, logged, key, outcome);
    default: {
      const asked = steering.asked.find(({ command }) => command.key === key);
      if (asked === undefined || state.phase !== "talking") return ignored(state);
      return takeSteered(state, logged.at, asked, outcome);
    }
  }
}

function takeDialed(state: CallState, logged: Logged, outcome: TelephonyOutcome): Decision {
  // Its notices have come already: whatever the answer to the command says, the dial went through.
  if (state.call.legs.length > 0 || state.phase !== "dialing") return ignored(state);
  if (outcome.kind === "accepted") {
    const since = logged.at;
    if (outcome.dialed === undefined) return decided({ ...state, phase: "ringing", since });
    const leg = newLeg(outcome.dialed, "callee", state.call.to, logged.at);
    return decided(
      { phase: "ringing", call: withLeg(state.call, leg), since },
      { facts: [legChanged(leg, logged.at)] },
    );
  }
  const refusal = outcome.kind === "call_gone" ? goneAtOnce : outcome;
  return giveUpDial(state, logged, refusal);
}

const goneAtOnce: NotTaken = { kind: "refused", code: "call_gone", message: "The carrier says that the call is over." };

/**
 * Ends a call whose dial did not go through, as far as we know. If it did after all, its first notice brings the leg, and
 * the wish to hang up that is left here ends it: nobody is rung by a call that counts as failed.
 */
export function giveUpDial(
  state: Extract<MachineState, { phase: "dialing" }>,
  logged: Logged,
  refusal: NotTaken,
): Decision {
  const key = hangUpKey(state.call.callId, logged.n);
  const ending = { by: "dial_given_up" as const, at: logged.at, key, isSent: false };
  const call = { ...state.call, ending };
  const end = { ...inferredEnd(call, logged.at, "failed"), carrierCause: refusal.code, endedBy: "unknown" as const };
  const failed = decided({ ...state, call }, { facts: [commandFailed("dial", logged.at, refusal)] });
  return andThen(failed, () => endCall({ ...state, call }, call, end, logged.at));
}

function takeAnswer(state: CallState, logged: Logged, outcome: TelephonyOutcome): Decision {
  if (state.phase !== "answering") return ignored(state);
  switch (outcome.kind) {
    case "accepted":
      return state.acceptedAt === null ? decided({ ...state, acceptedAt: logged.at }) : ignored(state);
    case "call_gone":
      return lineGone(state, logged.at);
    default:
      // Whoever rings will hang up; the state's deadline stands behind that.
      return decided(state, { facts: [commandFailed("answer", logged.at, outcome)] });
  }
}

function takeSpoken(state: CallState, logged: Logged, outcome: TelephonyOutcome): Decision {
  if (state.phase !== "announcing" || outcome.kind === "accepted") return ignored(state);
  if (outcome.kind === "call_gone") return lineGone(state, logged.at);
  const failed = decided(state, { facts: [commandFailed("speak", logged.at, outcome)] });
  return andThen(failed, () => beginTalk(state.call, logged.at));
}

function takeRecording(state: CallState, logged: Logged, outcome: TelephonyOutcome): Decision {
  if ((state.phase !== "talking" && state.phase !== "ended") || state.recording !== "requested") return ignored(state);
  const { at } = logged;
  switch (outcome.kind) {
    case "accepted":
      return decided({ ...state, recording: "running" }, { facts: [{ type: "recording.started", at }] });
    case "call_gone": {
      const facts = [{ type: "recording.not_made" as const, at, reason: "The call ended before the recording began." }];
      const notMade = { ...state, recording: "none" as const };
      return andThen(decided(notMade, { facts }), () => lineGone(notMade, logged.at));
    }
    default: {
      const reason = `The carrier did not start the recording: ${outcome.message}`;
      const facts = [commandFailed("record_start", at, outcome), { type: "recording.failed" as const, at, reason }];
      return decided({ ...state, recording: "none" }, { facts });
    }
  }
}

/** A stream that was refused is asked for again, as one that was lost; a socket that has come outweighs any answer. */
function takeStream(state: CallState, logged: Logged, key: string, outcome: TelephonyOutcome): Decision {
  const stream = streamOf(state, key);
  if (stream?.phase !== "opening") return ignored(state);
  if (outcome.kind === "call_gone") return lineGone(state, logged.at);
  if (outcome.kind === "accepted") {
    return stream.acceptedAt === null ? withStream(state, { ...stream, acceptedAt: logged.at }) : ignored(state);
  }
  // Told once for all that fail in a row: what was not heard meanwhile is told as a gap.
  const facts = stream.failures === 0 ? [commandFailed("stream_start", logged.at, outcome)] : [];
  return andThen(decided(state, { facts }), () => loseMedia(state, logged.at, key));
}

function takeHungUp(state: CallState, logged: Logged, outcome: TelephonyOutcome): Decision {
  if (outcome.kind === "accepted") return ignored(state);
  if (outcome.kind === "call_gone") return lineGone(state, logged.at);
  const facts = [commandFailed("hangup", logged.at, outcome)];
  if (state.phase === "ended") return decided(state, { facts });
  // The wish is given up with its command, so that a person can ask again.
  return decided({ ...state, call: { ...state.call, ending: null } }, { facts });
}
