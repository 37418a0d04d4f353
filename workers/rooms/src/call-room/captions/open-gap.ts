import type { GapReason, LiveChannel } from "@earwitness/shared";

/** Sound that nobody captioned, and why. */
export interface CaptionGap {
  readonly channel: LiveChannel;
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: GapReason;
  /** The vendor's own word, such as a close code. */
  readonly detail: string | null;
}

/** A gap that grows beyond this is shown while it does. */
const SHOWN_FROM_MS = 1_000;

export interface GapListener {
  /** A gap goes on: its end is not the last. */
  readonly onMissing: (gap: CaptionGap) => void;
  /** A gap is over, for good. */
  readonly onGap: (gap: CaptionGap) => void;
}

/** A gap that grows while sound is let go, and is told when it has lasted for a moment and when it is over. */
export class OpenGap {
  readonly #listener: GapListener;
  #gap: CaptionGap | null = null;
  #isShown = false;

  constructor(listener: GapListener) {
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#gap !== null;
  }

  /** Adds a span to the gap; one that does not go on from it, or for another reason, is a gap of its own. */
  add(span: CaptionGap): void {
    const gap = this.#gap;
    if (gap !== null && gap.endMs === span.startMs && gap.reason === span.reason) {
      this.#gap = { ...gap, endMs: span.endMs };
    } else {
      this.close();
      this.#gap = span;
    }
    this.#show();
  }

  close(): void {
    const gap = this.#gap;
    this.#gap = null;
    this.#isShown = false;
    if (gap !== null) this.#listener.onGap(gap);
  }

  #show(): void {
    const gap = this.#gap;
    if (this.#isShown || gap === null || gap.endMs - gap.startMs < SHOWN_FROM_MS) return;
    this.#isShown = true;
    this.#listener.onMissing(gap);
  }
}
