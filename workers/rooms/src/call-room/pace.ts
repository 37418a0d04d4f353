import type { CallFact, Decision } from "@earwitness/core";

/** How long facts may wait for others that follow, so that they go together. */
export type Pace = "urgent" | "burst" | "idle";

/** Facts that slow work waits for; all others are for people's eyes, who do not see half a second. */
const URGENT: ReadonlySet<CallFact["type"]> = new Set(["recording.saved", "transcription.reported"]);

/** At which pace a decision's facts are announced. What changed nothing is counted only, and nobody waits for it: `later`. */
export function paceOf({ isApplied, facts }: Decision): Pace | "later" {
  if (!isApplied) return "later";
  return facts.some(({ type }) => URGENT.has(type)) ? "urgent" : "burst";
}
