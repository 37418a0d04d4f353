import type { TelephonyOutcome } from "../ports/telephony.ts";
import type { CallFact } from "./fact.ts";

/** The last word on a command that the carrier did not take, though the call was there. */
export type NotTaken = Extract<TelephonyOutcome, { kind: "refused" | "failed" }>;

/** Tells that a command was given up, in the carrier's words. */
export function commandFailed(command: string, at: string, refusal: Pick<NotTaken, "code" | "message">): CallFact {
  return { type: "command.failed", at, command, code: refusal.code, message: refusal.message };
}
