import type { CarrierEvent } from "../ports/telephony.ts";
import { announce, proceedAfterAnswer } from "./advance-call.ts";
import { hangUpKey } from "./call-command.ts";
import type { Logged } from "./call-event.ts";
import { andThen, type Decision, decided, ignored } from "./decision.ts";
import { correctEnd, endCall, hearLateAnswer, toldEnd } from "./end-call.ts";
import { answeredAtOf, findOrLearnLeg, isOwnLeg, legChanged, legOf, newLeg, withLeg } from "./leg.ts";
import type { Call, CallState } from "./machine-state.ts";

type Heard<T extends CarrierEvent["type"]> = Extract<CarrierEvent, { type: T }>;

/** A leg rings: our own of a dialed call, one more of a transfer, or one that we know already. */
export function hearInitiated(state: CallState, logged: Logged, event: Heard<"initiated">): Decision {
  const known = legOf(state.call, event.leg.legId);
  const isOwn = known !== null || state.call.legs.length === 0;
  const party = isOwn ? (known?.party ?? "callee") : event.direction === "inbound" ? "caller" : "callee";
  const address = party === "caller" ? event.from : event.to;
  // The carrier's own start holds over the moment at which we first heard of the leg.
  const leg = known === null ? newLeg(event.leg, party, address, event.at) : { ...known, startedAt: event.at };
  if (known !== null && known.startedAt === event.at && state.phase !== "dialing") return ignored(state);
  const call = withLeg(state.call, leg);
  if (legOf(call, leg.legId) === null) return ignored(state);
  const facts = [legChanged(leg, event.at)];
  return state.phase === "dialing"
    ? decided({ phase: "ringing", call, since: logged.at }, { facts })
    : decided({ ...state, call }, { facts });
}

/**
 * A leg was answered. Told of our own leg it moves the call on; told after the end it corrects what the end was, and of a leg whose
 * answer was inferred, when that was.
 */
export function hearAnswered(state: CallState, logged: Logged, event: Heard<"answered">): Decision {
  const leg = findOrLearnLeg(state.call, event.leg, event.at);
  if (leg === null || (leg.answeredAt !== null && !leg.isAnswerInferred)) return ignored(state);
  return answerLeg(state, { ...leg, answeredAt: event.at, isAnswerInferred: false }, logged.at);
}

/** Goes on with a leg whose answer is known, by its notice or because the carrier took our answer long ago. */
export function answerLeg(state: CallState, leg: Call["legs"][number], at: string): Decision {
  const call = withLeg(state.call, leg);
  const answeredAt = leg.answeredAt ?? at;
  if (!isOwnLeg(call, leg.legId)) return decided({ ...state, call }, { facts: [legChanged(leg, answeredAt)] });
  const answered = decided(
    { ...state, call },
    { facts: [legChanged(leg, answeredAt), { type: "call.answered", at: answeredAt }] },
  );
  switch (state.phase) {
    case "answering":
    case "dialing":
    case "ringing":
      return andThen(answered, () => proceedAfterAnswer(call, at));
    case "ended":
      return andThen(answered, () =>
        answeredAtOf(state.call) === null ? hearLateAnswer(state, call) : correctEnd(state, call, state.end),
      );
    default:
      return answered;
  }
}

/** Who answered. A machine ends the call if the one who placed it asked to know; anything else lets it go on. */
export function hearMachine(state: CallState, logged: Logged, event: Heard<"machine_detected">): Decision {
  if (state.call.machineResult !== null || !isOwnLeg(state.call, event.leg.legId)) return ignored(state);
  const call = { ...state.call, machineResult: event.result };
  const facts = [{ type: "machine.detected" as const, at: event.at, result: event.result }];
  if (state.phase === "ended") return decided({ ...state, call }, { facts });
  if (event.result === "machine" && call.detectMachine && call.ending === null) {
    const key = hangUpKey(call.callId, logged.n);
    const ending = { by: "machine_answered" as const, at: logged.at, key, isSent: false };
    return decided({ ...state, call: { ...call, ending } }, { facts });
  }
  const heard = decided({ ...state, call }, { facts });
  return state.phase === "detecting" ? andThen(heard, () => announce(call, logged.at)) : heard;
}

/** A leg is over. Of our own leg it ends the call for good: what was concluded before without a notice is put right. */
export function hearHangUp(state: CallState, logged: Logged, event: Heard<"hangup">): Decision {
  const known = findOrLearnLeg(state.call, event.leg, event.at);
  if (known === null || known.carrierCause !== null) return ignored(state);
  const { carrierCause, sipCode } = event;
  const leg = { ...known, endedAt: event.at, carrierCause, sipCode };
  const call = withLeg(state.call, leg);
  const told = decided({ ...state, call }, { facts: [legChanged(leg, event.at)] });
  if (!isOwnLeg(call, leg.legId)) return told;
  const end = toldEnd(call, event);
  return andThen(told, () =>
    state.phase === "ended" ? correctEnd(state, call, end) : endCall(state, call, end, logged.at),
  );
}
