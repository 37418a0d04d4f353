/** One question for the server's clock: when it was asked and answered by ours, and what the server said, all in ms of the epoch. */
export interface ClockSample {
  sentMs: number;
  receivedMs: number;
  serverMs: number;
}

/** Clocks drift by some ms an hour; older answers than these are forgotten. */
const KEPT = 16;

/** Keeps a new answer among the last ones. */
export function keepSample(samples: readonly ClockSample[], sample: ClockSample): ClockSample[] {
  return [...samples, sample].slice(-KEPT);
}

/**
 * How far the server's clock is ahead of ours, in ms; null before the first answer. The answer that came back fastest is
 * believed, for it leaves the least room for error: half of its way there and back (Cristian's algorithm).
 */
export function clockOffset(samples: readonly ClockSample[]): number | null {
  const trip = ({ sentMs, receivedMs }: ClockSample) => receivedMs - sentMs;
  const [first, ...others] = samples.filter((sample) => trip(sample) >= 0);
  if (!first) return null;
  const best = others.reduce((least, sample) => (trip(sample) < trip(least) ? sample : least), first);
  return best.serverMs - (best.sentMs + best.receivedMs) / 2;
}

/** Our clock in ms of the epoch, which never steps back while the page is open. */
export function ownClock(): number {
  return performance.timeOrigin + performance.now();
}
