import { refusals } from "./refusal.ts";

/**
 * Tells audio that comes faster than real time. What was received ahead of the clock is a backlog that drains at `pace`; one that
 * outgrows the cushion ends the session. Silence on the line earns no credit: a burst after it is as fast as any other.
 */
export class PaceGuard {
  readonly #cushionMs: number;
  /** Read each time: calls can be made to pass faster while a session lasts. */
  readonly #pace: () => number;
  #backlogMs = 0;
  #burstMs = 0;
  #burstSince = performance.now();
  #last = this.#burstSince;

  constructor(cushionMs: number, pace: () => number) {
    this.#cushionMs = cushionMs;
    this.#pace = pace;
  }

  /** Notes `audioMs` of audio that arrived now. Throws `StreamRefusal` 3007 when that is too fast. */
  note(audioMs: number): void {
    const now = performance.now();
    const pace = this.#pace();
    this.#backlogMs = Math.max(0, this.#backlogMs - (now - this.#last) * pace);
    if (this.#backlogMs === 0) {
      this.#burstSince = this.#last;
      this.#burstMs = 0;
    }
    this.#last = now;
    this.#backlogMs += audioMs;
    this.#burstMs += audioMs;
    if (this.#backlogMs <= this.#cushionMs * pace) return;
    throw refusals.tooFast(this.#burstMs / 1000, (now - this.#burstSince) / 1000);
  }
}
