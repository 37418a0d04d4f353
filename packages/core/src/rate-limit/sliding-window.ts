import type { Charged, Quota } from "./quota.ts";

interface Count {
  windowMs: number;
  /** When the present window began; windows begin at multiples of their length. */
  beganAtMs: number;
  current: number;
  previous: number;
}

/** Past this the counts of who has been quiet are forgotten, so that memory stays small whoever asks. */
const MOST_COUNTS = 10_000;

/**
 * Counts requests over a window that slides: of the window before, as much counts as still lies within the last `windowMs`. Two
 * numbers for each quota, however many requests there are; off by little where they come evenly, and never twice the limit
 * in any stretch. In memory: who loses it forgives a minute's requests.
 */
export class SlidingWindow {
  readonly #counts = new Map<string, Count>();

  /**
   * Charges `cost` to every quota, or to none where one of them does not have so much left: who is refused is not charged for
   * asking. A cost over a limit is never granted.
   */
  charge(cost: number, quotas: readonly Quota[], nowMs: number): Charged {
    const counts = quotas.map((quota) => this.#countOf(quota, nowMs));
    const waits = quotas.map((quota, i) => waitMs(counts[i], quota, cost, nowMs));
    const waitLongest = Math.max(0, ...waits);
    if (waitLongest === 0) for (const count of counts) count.current += cost;
    if (this.#counts.size > MOST_COUNTS) this.#forgetQuiet(nowMs);
    return {
      waitMs: waitLongest,
      left: quotas.map((quota, i) => ({
        name: quota.name,
        remaining: Math.max(0, Math.floor(quota.limit - usedOf(counts[i], nowMs))),
        resetMs: (counts[i]?.beganAtMs ?? 0) + quota.windowMs - nowMs,
      })),
    };
  }

  #countOf({ key, windowMs }: Quota, nowMs: number): Count {
    const beganAtMs = nowMs - (nowMs % windowMs);
    const known = this.#counts.get(key);
    if (known?.beganAtMs === beganAtMs) return known;
    const previous = known?.beganAtMs === beganAtMs - windowMs ? known.current : 0;
    const count = { windowMs, beganAtMs, current: 0, previous };
    this.#counts.set(key, count);
    return count;
  }

  #forgetQuiet(nowMs: number): void {
    for (const [key, { beganAtMs, windowMs }] of this.#counts) {
      if (nowMs - beganAtMs >= 2 * windowMs) this.#counts.delete(key);
    }
  }
}

/** What counts of a quota now. */
function usedOf(count: Count | undefined, nowMs: number): number {
  if (count === undefined) return 0;
  const { windowMs, beganAtMs, current, previous } = count;
  return current + previous * (1 - (nowMs - beganAtMs) / windowMs);
}

/** How long until `cost` fits, if nobody else asks; 0 where it fits now. */
function waitMs(count: Count | undefined, { limit, windowMs }: Quota, cost: number, nowMs: number): number {
  if (count === undefined || usedOf(count, nowMs) + cost <= limit) return 0;
  const { beganAtMs, current, previous } = count;
  const room = limit - cost;
  // Either the window before has slid out far enough, or this one, after it has become the one before.
  const withinThis = beganAtMs + windowMs * (1 - (room - current) / previous);
  const withinNext = beganAtMs + windowMs + windowMs * (1 - room / Math.max(current, 1));
  const untilMs = current <= room && previous > 0 ? withinThis : Math.max(withinNext, beganAtMs + windowMs);
  return Math.max(1, Math.ceil(untilMs - nowMs));
}
