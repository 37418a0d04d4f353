/**
 * The carrier's clock beside ours. Positions on a call are by the carrier's, which its notices tell: the one that came fastest
 * shows best how the two differ, up to the time that it was under way.
 */
export class CarrierClock {
  #leastBehindMs = Number.POSITIVE_INFINITY;

  /** A notice of something that happened `at`, by the carrier's clock, was here `heardAtMs` by ours. */
  hear(at: string, heardAtMs: number): void {
    this.#leastBehindMs = Math.min(this.#leastBehindMs, heardAtMs - Date.parse(at));
  }

  /** What the carrier's clock shows, in ms of the epoch, when ours shows `ourMs`; the same where it never told. */
  at(ourMs: number): number {
    return Number.isFinite(this.#leastBehindMs) ? ourMs - this.#leastBehindMs : ourMs;
  }
}
