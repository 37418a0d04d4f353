import type { CarrierLeg } from "../ports/telephony.ts";
import type { CallFact } from "./fact.ts";
import type { Call, Leg } from "./machine-state.ts";

/** More legs than any transfer makes; beyond it a further leg is not followed, so that the state stays small. */
const MAX_LEGS = 20;

export function legOf(call: Call, legId: string): Leg | null {
  return call.legs.find((leg) => leg.legId === legId) ?? null;
}

/** The leg that we command, and by which the call is answered and ends. */
export function ownLeg(call: Call): Leg | null {
  return call.legs[0] ?? null;
}

export function isOwnLeg(call: Call, legId: string): boolean {
  return ownLeg(call)?.legId === legId;
}

export function answeredAtOf(call: Call): string | null {
  return ownLeg(call)?.answeredAt ?? null;
}

/** A leg of which only the carrier's names are known yet. */
export function newLeg(names: CarrierLeg, party: Leg["party"], address: string, startedAt: string): Leg {
  const unheard = { answeredAt: null, isAnswerInferred: false, endedAt: null, carrierCause: null, sipCode: null };
  return { ...names, party, address, startedAt, ...unheard };
}

/**
 * The leg that a notice is about. A dialed call whose notices overtake the carrier's answer to our dial learns its leg from
 * them. Null for a leg that this call does not follow.
 */
export function findOrLearnLeg(call: Call, names: CarrierLeg, at: string): Leg | null {
  if (call.legs.length > 0) return legOf(call, names.legId);
  return newLeg(names, "callee", call.to, at);
}

/** The call with `leg` in the place of the one of the same id, or added. */
export function withLeg(call: Call, leg: Leg): Call {
  if (legOf(call, leg.legId) !== null) {
    return { ...call, legs: call.legs.map((known) => (known.legId === leg.legId ? leg : known)) };
  }
  return call.legs.length < MAX_LEGS ? { ...call, legs: [...call.legs, leg] } : call;
}

export function legChanged(leg: Leg, at: string): CallFact {
  const { controlId, legId, sessionId, isAnswerInferred: _, ...facts } = leg;
  return {
    type: "leg.changed",
    at,
    ...facts,
    carrierLegId: legId,
    carrierControlId: controlId,
    carrierSessionId: sessionId,
  };
}
