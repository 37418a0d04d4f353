import type { CallClock } from "./clock.ts";
import type { Timeline } from "./timeline.ts";

/** One call's view of the timeline that all calls share: everything in this call's own milliseconds. */
export class Agenda {
  readonly #timeline: Timeline;
  readonly #clock: CallClock;

  constructor(timeline: Timeline, clock: CallClock) {
    this.#timeline = timeline;
    this.#clock = clock;
  }

  /** Call milliseconds: while something that was due is being done, its time; otherwise the clock's. */
  get now(): number {
    return this.#timeline.now(this.#clock);
  }

  /** Does `act` at call time `atMs`. Returns what takes it off the agenda. */
  at(atMs: number, act: () => void): () => void {
    return this.#timeline.at(this.#clock, atMs, act);
  }

  /** Does everything that is due, on every call. Call it before a command from outside, so that it sees the call as it is now. */
  catchUp(): void {
    this.#timeline.catchUp();
  }
}
