import type { Caption } from "@earwitness/shared";
import type { CaptionClock } from "./clock.ts";

/** Four times a second is as often as a reader sees a line grow. */
const INTERIM_EVERY_MS = 250;

/** Tells captions that may change no more often than they are read: of those that come too fast, the last. */
export class InterimPace {
  readonly #clock: CaptionClock;
  readonly #tell: (caption: Caption) => void;
  #next: Caption | null = null;
  #cancel: (() => void) | null = null;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: CaptionClock, tell: (caption: Caption) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  take(caption: Caption): void {
    this.#next = caption;
    const restMs = this.#toldAtMs + INTERIM_EVERY_MS - this.#clock.nowMs();
    if (restMs <= 0) this.#tellNext();
    else this.#cancel ??= this.#clock.after(restMs, () => this.#tellNext());
  }

  /** What was to be told of this caption is told no more: it is final. */
  drop(id: string): void {
    if (this.#next?.id === id) this.stop();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#next = null;
  }

  #tellNext(): void {
    const next = this.#next;
    this.stop();
    if (next === null) return;
    this.#toldAtMs = this.#clock.nowMs();
    this.#tell(next);
  }
}
