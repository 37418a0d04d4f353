import type { CallSummary } from "@earwitness/shared";

/** The other party's number: who rang in, or whom we rang. */
export function contactNumber(call: Pick<CallSummary, "direction" | "from" | "to">): string {
  return call.direction === "inbound" ? call.from : call.to;
}

/** Our own number that took part. */
export function ownNumber(call: Pick<CallSummary, "direction" | "from" | "to">): string {
  return call.direction === "inbound" ? call.to : call.from;
}
