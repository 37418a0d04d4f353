import type { HangupCause } from "@earwitness/shared";

/** What is known of an end when its cause is told apart. */
export interface EndOfCall {
  /** The carrier's own word: the documented values of `hangup_cause`, or any other. */
  readonly carrierCause: string;
  /** The SIP status as the carrier writes it, such as "486"; anything else is taken as unknown. */
  readonly sipCode: string | null;
  readonly isAnswered: boolean;
  /** Why we hung up, if we did. */
  readonly endedFor: "person" | "machine_answered" | "dial_given_up" | null;
}

/** Words of the carrier that mean the same whether or not the call was answered. */
const PLAIN: ReadonlyMap<string, HangupCause> = new Map([
  ["user_busy", "busy"],
  ["call_rejected", "rejected"],
  ["no_answer", "no_answer"],
  ["timeout", "no_answer"],
  ["originator_cancel", "cancelled"],
  ["not_found", "not_found"],
  ["time_limit", "time_limit"],
]);

/** SIP statuses that tell why a call was not answered (RFC 3261 §21, RFC 8197 for 607, RFC 8688 for 608). */
const BY_SIP_CODE: ReadonlyMap<string, HangupCause> = new Map([
  ["404", "not_found"],
  ["408", "no_answer"],
  ["410", "not_found"],
  ["480", "no_answer"],
  ["484", "not_found"],
  ["486", "busy"],
  ["487", "cancelled"],
  ["600", "busy"],
  ["603", "rejected"],
  ["604", "not_found"],
  ["607", "rejected"],
  ["608", "rejected"],
]);

/**
 * Our word for how a call ended. A word of the carrier that nobody has documented is `failed`; its own word is kept beside.
 * `completed` is only ever said of an answered call. Source of the carrier's words: Telnyx `call.hangup`.
 */
export function hangupCauseOf(end: EndOfCall): HangupCause {
  if (end.endedFor === "machine_answered") return "machine";
  if (end.endedFor === "dial_given_up") return "failed";
  const plain = PLAIN.get(end.carrierCause);
  if (plain !== undefined) return plain;
  if (end.carrierCause === "normal_clearing" || end.carrierCause === "unspecified") {
    if (end.isAnswered) return "completed";
    const bySip = end.sipCode === null ? undefined : BY_SIP_CODE.get(end.sipCode);
    if (bySip !== undefined) return bySip;
    return end.carrierCause === "normal_clearing" ? "cancelled" : "failed";
  }
  return "failed";
}
