import type { HangupCause } from "@earwitness/shared";
import type { CarrierEvent } from "../ports/telephony.ts";
import { e164Of } from "./address.ts";
import { steered } from "./ask-carrier.ts";
import { hangUpKey } from "./call-command.ts";
import type { Logged } from "./call-event.ts";
import { type Decision, decided, ignored, type Told } from "./decision.ts";
import type { CallFact } from "./fact.ts";
import { hangupCauseOf } from "./hangup-cause.ts";
import { endHold } from "./hold-call.ts";
import { isOwnLeg, ownLeg } from "./leg.ts";
import type { Call, CallState, Leg, MachineState } from "./machine-state.ts";
import { isOn, type Transfer } from "./steering.ts";

/** Why a phone that was rung did not come to the call, in words for a person. */
const REASONS: Partial<Record<HangupCause, string>> = {
  busy: "The phone was busy.",
  no_answer: "Nobody answered.",
  rejected: "The call was declined.",
  not_found: "There is no such number.",
  cancelled: "The carrier stopped ringing it.",
};

/**
 * Follows a transfer by its leg, whatever event told of it: the phone rings, or is gone without an answer. The leg of a
 * transfer that counts as failed is hung up, so that nobody is rung for nothing.
 */
export function followTransfer(decision: Decision, logged: Logged): Decision {
  const { state } = decision;
  if (state.phase === "awaited") return decision;
  const { transfer } = state.call.steering;
  const leg = legOfTransfer(state.call);
  if (transfer === null || leg === null) return decision;
  if (transfer.phase === "failed") return hangUpUnwanted(decision, state, transfer, leg);
  if (transfer.phase === "connected")
    return state.call.steering.isRearranged ? partWith(decision, state, leg, logged) : decision;
  if (state.phase !== "talking") return decision;
  if (leg.endedAt === null) {
    if (transfer.phase === "ringing") return decision;
    return { ...decision, state: { ...state, call: inPhase(state.call, transfer, "ringing") } };
  }
  const told =
    leg.answeredAt === null
      ? failTransfer(state.call, leg.endedAt, reasonOf(leg))
      : connectTransfer(state.call, { n: logged.n, at: leg.answeredAt });
  return { ...decision, state: { ...state, call: told.call }, facts: [...decision.facts, ...told.facts] };
}

/** Two legs were connected, which is told for each: by the first telling, the transfer has come to its end. */
export function hearBridged(
  state: MachineState,
  logged: Logged,
  event: Extract<CarrierEvent, { type: "bridged" }>,
): Decision {
  if (state.phase !== "talking") return ignored(state);
  const { transfer } = state.call.steering;
  const isOfTransfer = isOwnLeg(state.call, event.leg.legId) || legOfTransfer(state.call)?.legId === event.leg.legId;
  if (!isOfTransfer || (transfer?.phase !== "asked" && transfer?.phase !== "ringing")) return ignored(state);
  const { call, facts } = connectTransfer(state.call, { n: logged.n, at: event.at });
  return decided({ ...state, call }, { facts });
}

/** Ends a transfer of which nothing more was heard: by what is known of its leg. */
export function passTransferDeadline(state: MachineState, logged: Logged): Decision {
  if (state.phase !== "talking") return ignored(state);
  const { call, facts } = concludeTransfer(state.call, logged, "The carrier did not tell what became of it.");
  return decided({ ...state, call }, { facts });
}

/** Ends a transfer that is under way: connected if its phone is known to have been answered, else failed for `reason`. */
export function concludeTransfer(call: Call, logged: { at: string; n?: number }, reason: string): Told {
  const { transfer } = call.steering;
  if (transfer?.phase !== "asked" && transfer?.phase !== "ringing") return { call, facts: [] };
  const answeredAt = legOfTransfer(call)?.answeredAt ?? null;
  return answeredAt === null
    ? failTransfer(call, logged.at, reason)
    : connectTransfer(call, { at: answeredAt, n: logged.n ?? null });
}

/** Ends the transfer without having connected anybody, for `reason`, a sentence for a person. */
export function failTransfer(call: Call, at: string, reason: string): Told {
  const { transfer } = call.steering;
  if (transfer === null) return { call, facts: [] };
  const facts: CallFact[] = [{ type: "transfer.ended", at, to: transfer.to, result: "failed", reason }];
  return { call: steered(call, { transfer: { ...transfer, phase: "failed", reason } }), facts };
}

/** The leg that a transfer made, once it is known. */
export function legOfTransfer(call: Call): Leg | null {
  const { transfer } = call.steering;
  if (transfer === null) return null;
  const since = call.legs.slice(Math.max(1, transfer.legsBefore));
  return since.find((leg) => leg.party === "callee" && e164Of(leg.address) === transfer.to) ?? null;
}

/** Whoever waited hears the other side now: a hold ends with it. */
function connectTransfer(call: Call, { at, n }: { at: string; n: number | null }): Told {
  const { transfer, hold } = call.steering;
  if (transfer === null) return { call, facts: [] };
  const facts: CallFact[] = [{ type: "transfer.ended", at, to: transfer.to, result: "connected", reason: null }];
  const connected = inPhase(call, transfer, "connected");
  const leg = ownLeg(call);
  if (!isOn(hold) || leg === null || n === null) return { call: connected, facts };
  return { call: endHold(connected, { by: transfer.by, at, n }, leg.controlId), facts };
}

/** Two legs that the carrier was asked to connect otherwise may outlive each other: who is left alone is hung up by us. */
function partWith(decision: Decision, state: CallState, leg: Leg, logged: Logged): Decision {
  const { call } = state;
  if (state.phase === "ended") {
    return call.steering.transfer === null ? decision : hangUpUnwanted(decision, state, call.steering.transfer, leg);
  }
  if (leg.endedAt === null || call.ending !== null) return decision;
  const ending = { by: "person" as const, at: logged.at, key: hangUpKey(call.callId, logged.n), isSent: false };
  return { ...decision, state: { ...state, call: { ...call, ending } } };
}

function hangUpUnwanted(decision: Decision, state: CallState, transfer: Transfer, leg: Leg): Decision {
  if (transfer.isHungUp || leg.endedAt !== null) return decision;
  const call = steered(state.call, { transfer: { ...transfer, isHungUp: true } });
  const command = { kind: "hangup" as const, key: transfer.hangUpKey, controlId: leg.controlId };
  return { ...decision, state: { ...state, call }, commands: [...decision.commands, command] };
}

function inPhase(call: Call, transfer: Transfer, phase: Transfer["phase"]): Call {
  return steered(call, { transfer: { ...transfer, phase } });
}

function reasonOf({ carrierCause, sipCode }: Leg): string {
  if (carrierCause === null) return "The carrier stopped ringing it.";
  const cause = hangupCauseOf({ carrierCause, sipCode, isAnswered: false, endedFor: null });
  return REASONS[cause] ?? `The carrier could not connect it (${carrierCause}).`;
}
