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

/** A gap that grows while sound is let go, and is told when it is over. */
export class OpenGap {
  readonly #channel: LiveChannel;
  readonly #tell: (gap: CaptionGap) => void;
  #gap: CaptionGap | null = null;

  constructor(channel: LiveChannel, tell: (gap: CaptionGap) => void) {
    this.#channel = channel;
    this.#tell = tell;
  }

  /** Adds a span to the gap; one that does not go on from it is a gap of its own. */
  add(span: { startMs: number; endMs: number }, reason: GapReason, detail: string | null): void {
    const gap = this.#gap;
    if (gap !== null && gap.endMs === span.startMs && gap.reason === reason) {
      this.#gap = { ...gap, endMs: span.endMs };
      return;
    }
    this.close();
    this.#gap = { channel: this.#channel, ...span, reason, detail };
  }

  close(): void {
    const gap = this.#gap;
    this.#gap = null;
    if (gap !== null) this.#tell(gap);
  }
}
