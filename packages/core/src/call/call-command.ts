import type { CallId } from "@earwitness/shared";
import { z } from "zod";
import { TelephonyCommand } from "../ports/telephony.ts";

/** What the machine asks of its driver: a command to the carrier, or a look at the number's settings. */
export const CallCommand = z.discriminatedUnion("kind", [
  ...TelephonyCommand.options,
  z.object({ kind: z.literal("find_routing"), key: z.string(), e164: z.string() }),
]);
export type CallCommand = z.infer<typeof CallCommand>;

/**
 * The key of a command that a call gives at most once. It is the carrier's `command_id`, so a command that is sent again
 * after a reset has no second effect.
 */
export function commandKey(callId: CallId, kind: Exclude<CallCommand["kind"], "hangup">): string {
  return `${callId}.${kind}`;
}

/** Hanging up may be asked again after it failed, so its key names the log entry that asked for it. */
export function hangUpKey(callId: CallId, n: number): string {
  return `${callId}.hangup.${n}`;
}
