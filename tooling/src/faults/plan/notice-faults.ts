import type { Chance } from "./chance.ts";
import type { VendorFault } from "./fault.ts";

/** The notices of an inbound call that anything hangs on. */
const EVENTS = ["call.initiated", "call.answered", "call.speak.ended", "call.hangup", "call.recording.saved"] as const;

/** How often a call's notices are struck at all, and how many of them then. */
const STRUCK_SHARE = 0.5;
const MOST_STRUCK = 3;

/**
 * What happens to the notices of one call. At most one of them never comes: a call of which the carrier tells neither the
 * beginning nor the end is one that nobody can know of.
 */
export function drawNoticeFaults(chance: Chance, call: string): VendorFault[] {
  if (!chance.happens(STRUCK_SHARE)) return [];
  const faults = new Map<string, VendorFault>();
  let isOneLost = false;
  for (let left = chance.int(1, MOST_STRUCK); left > 0; left--) {
    const event = chance.pick(EVENTS);
    const effect = chance.pick(["duplicate", "duplicate", "reorder", "delay", "delay", "drop"] as const);
    const delayMs = chance.int(200, effect === "delay" ? 4_000 : 1_000);
    if (faults.has(event) || (effect === "drop" && isOneLost)) continue;
    isOneLost ||= effect === "drop";
    faults.set(event, { target: "webhook", effect, delayMs, match: { vendor: "telnyx", event, call } });
  }
  return [...faults.values()];
}
