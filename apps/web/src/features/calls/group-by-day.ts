import type { CallSummary } from "@earwitness/shared";
import { dayHeading, localDay, type TimeOptions } from "../../format/time.ts";

export interface CallGroup {
  key: string;
  heading: string;
  live: boolean;
  calls: CallSummary[];
  /** True when no call of this group can still be among those not yet loaded: only then may it be counted. */
  complete: boolean;
}

export interface GroupOptions extends TimeOptions {
  /** Whether older calls exist that are not loaded. */
  hasMore: boolean;
  /** Which calls stand among the live ones; those on the line, unless the list is held steady. */
  isLive?: (call: CallSummary) => boolean;
}

/**
 * Groups calls, newest first, for the list: those on the line in a group of their own at the top, the others by the day on
 * which they began, in the person's zone.
 */
export function groupByDay(
  calls: readonly CallSummary[],
  now: Date,
  { hasMore, isLive = (call) => call.state !== "ended", ...time }: GroupOptions,
): CallGroup[] {
  const live: CallGroup = { key: "live", heading: "Live now", live: true, calls: [], complete: true };
  const days = new Map<string, CallGroup>();
  for (const call of calls) {
    if (isLive(call)) {
      live.calls.push(call);
      continue;
    }
    const key = localDay(call.startedAt, time);
    const heading = dayHeading(call.startedAt, now, time);
    const group = days.get(key) ?? { key, heading, live: false, calls: [], complete: true };
    group.calls.push(call);
    days.set(key, group);
  }
  const groups = [...days.values()];
  const last = groups.at(-1);
  if (last) last.complete = !hasMore;
  return live.calls.length > 0 ? [live, ...groups] : groups;
}
