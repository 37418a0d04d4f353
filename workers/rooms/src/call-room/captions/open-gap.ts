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

interface GapListener {
  /** A gap has begun and goes on: its end is not the last. */
  readonly onMissing: (gap: CaptionGap) => void;
  /** A gap is over, for good. */
  readonly onGap: (gap: CaptionGap) => void;
}

/** A gap that grows while sound is let go, and is told when it begins and when it is over. */
export class OpenGap {
  readonly #listener: GapListener;
  #gap: CaptionGap | null = null;

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
      return;
    }
    this.close();
    this.#gap = span;
    this.#listener.onMissing(span);
  }

  close(): void {
    const gap = this.#gap;
    this.#gap = null;
    if (gap !== null) this.#listener.onGap(gap);
  }
}
