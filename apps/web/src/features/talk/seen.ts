/** Nobody sees a change, reads it and presses because of it within less; who only waits for it needs about 250 ms. */
const REACTION_MS = 400;

export interface Seen<Value> {
  now: Value;
  before: Value;
  /** When the one became the other, in ms of the epoch. */
  changedAt: number;
}

/** What has been shown, after `value` is shown from `at` on. */
export function shown<Value>(seen: Seen<Value>, value: Value, at: number): Seen<Value> {
  return value === seen.now ? seen : { now: value, before: seen.now, changedAt: at };
}

/**
 * What somebody who presses at `at` has seen and means. Where two people press the same button at once, it changes under the
 * finger of the second, who would undo what both wanted: pausing the recording twice must never resume it.
 */
export function meant<Value>({ now, before, changedAt }: Seen<Value>, at: number): Value {
  return at - changedAt < REACTION_MS ? before : now;
}
