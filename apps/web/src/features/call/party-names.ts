import type { CallView, UtteranceView } from "@earwitness/shared";

/** What the two sides of a call are called where their words stand: the remote party, and ours. */
export function partyNames({ direction }: Pick<CallView, "direction">): Record<UtteranceView["party"], string> {
  return { caller: direction === "inbound" ? "Caller" : "Contact", agent: "Agent", unknown: "Speaker" };
}
