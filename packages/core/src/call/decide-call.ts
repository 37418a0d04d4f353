import { takeRouting } from "./advance-call.ts";
import { giveAsked } from "./ask-carrier.ts";
import { beginOutbound } from "./begin-call.ts";
import { hangUpKey } from "./call-command.ts";
import type { LoggedEvent } from "./call-event.ts";
import { type Decision, decided, ignored } from "./decision.ts";
import { endCall, inferredEnd } from "./end-call.ts";
import type { CallFact } from "./fact.ts";
import { followTransfer } from "./follow-transfer.ts";
import { hearCarrier, hearEarly } from "./hear-carrier.ts";
import { loseMedia, openMedia } from "./keep-stream.ts";
import { isOwnLeg, legChanged, legOf, ownLeg, withLeg } from "./leg.ts";
import type { MachineState } from "./machine-state.ts";
import { passDeadline } from "./pass-deadline.ts";
import type { Observation } from "./room-door.ts";
import { savedFromCarrier, saveRecording } from "./save-recording.ts";
import { steerCall } from "./steer-call.ts";
import { takeOutcome } from "./take-outcome.ts";

/**
 * The call machine: what one event makes of a call. Pure and total: any event in any state gives a decision, the same one
 * each time, because time and ids come with the logged event. Events may repeat, come late, out of order or never; a
 * command is given at most once, and with its deadlines a call always ends.
 */
export function decideCall(state: MachineState, logged: LoggedEvent): Decision {
  return carryOutEnding(giveAsked(followTransfer(decideEvent(state, logged), logged)));
}

function decideEvent(state: MachineState, logged: LoggedEvent): Decision {
  const { event, n, at, seed } = logged;
  switch (event.type) {
    case "carrier":
      return hearCarrier(state, { n, at, seed, event: event.event });
    case "routing_resolved":
      return state.phase === "routing" ? takeRouting(state, at, event.result) : ignored(state);
    case "command_done":
      return takeOutcome(state, logged, event.key, event.outcome);
    case "place_call":
      return state.phase === "awaited" ? hearEarly(beginOutbound(logged, event.command), state.early) : ignored(state);
    case "hang_up": {
      if (state.phase === "awaited" || state.phase === "ended" || state.call.ending !== null) return ignored(state);
      const ending = { by: "person" as const, at, key: hangUpKey(state.call.callId, n), isSent: false };
      return decided({ ...state, call: { ...state.call, ending } });
    }
    case "steer":
      return steerCall(state, logged, event.command);
    case "media_opened":
      return openMedia(state, at, event.key);
    case "media_lost":
      return loseMedia(state, at, event.key);
    case "deadline_passed":
      return passDeadline(state, logged, event.name);
    case "observed":
      return applyObservation(state, logged, event.observation);
    case "transcription_reported":
      return reportTranscription(state, at, event);
  }
}

/** Sends the hang-up that somebody wished for as soon as there is a leg to hang up, be it after the call counts as over. */
function carryOutEnding(decision: Decision): Decision {
  const { state } = decision;
  if (state.phase === "awaited" || state.call.ending === null || state.call.ending.isSent) return decision;
  const leg = ownLeg(state.call);
  if (leg === null || leg.endedAt !== null) return decision;
  const { ending } = state.call;
  return {
    ...decision,
    state: { ...state, call: { ...state.call, ending: { ...ending, isSent: true } } },
    commands: [...decision.commands, { kind: "hangup", key: ending.key, controlId: leg.controlId }],
  };
}

/** What the carrier said when it was asked, because a notice seems lost. */
function applyObservation(state: MachineState, logged: LoggedEvent, observation: Observation): Decision {
  if (state.phase === "awaited") return ignored(state);
  if (observation.type === "recording_found") {
    return saveRecording(state, logged, savedFromCarrier(observation.recording));
  }
  const known = legOf(state.call, observation.carrierLegId);
  if (known === null || known.endedAt !== null) return ignored(state);
  const endedAt = observation.endedAt ?? logged.at;
  const leg = { ...known, endedAt };
  const call = withLeg(state.call, leg);
  const facts: CallFact[] = [legChanged(leg, endedAt)];
  if (state.phase === "ended" || !isOwnLeg(call, leg.legId)) return decided({ ...state, call }, { facts });
  const unanswered = call.direction === "inbound" ? "cancelled" : "no_answer";
  const ended = endCall({ ...state, call }, call, inferredEnd(call, endedAt, unanswered), logged.at);
  return { ...ended, facts: [...facts, ...ended.facts] };
}

function reportTranscription(
  state: MachineState,
  at: string,
  reported: Extract<LoggedEvent["event"], { type: "transcription_reported" }>,
): Decision {
  const { recordingId, vendorTranscriptionId, status } = reported;
  const facts: CallFact[] = [{ type: "transcription.reported", at, recordingId, vendorTranscriptionId, status }];
  // A call that was made elsewhere has no machine. Its room passes on what is told of its recording, and decides nothing.
  if (state.phase === "awaited") return decided(state, { facts });
  const told = `${vendorTranscriptionId}:${status}`;
  if (state.call.transcriptions.includes(told)) return ignored(state);
  const call = { ...state.call, transcriptions: [...state.call.transcriptions, told].slice(-MAX_TRANSCRIPTIONS) };
  return decided({ ...state, call }, { facts });
}

/** The last ones are remembered: a repeat comes within minutes, and a call may be transcribed again for years. */
const MAX_TRANSCRIPTIONS = 100;
