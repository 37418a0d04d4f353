import type { StreamCounts } from "./media/media-stream.ts";

/** What an instance of the room has done for a call's live moment. */
export class LiveCounts {
  readonly #streams: StreamCounts = { messages: 0, frames: 0, lost: 0, malformed: 0 };
  readonly #sinceMs = Date.now();
  #peakBufferedBytes = 0;

  /** A stream is over. */
  add(counts: StreamCounts): void {
    this.#streams.messages += counts.messages;
    this.#streams.frames += counts.frames;
    this.#streams.lost += counts.lost;
    this.#streams.malformed += counts.malformed;
  }

  /** So much sound is in memory at this moment. */
  buffer(bytes: number): void {
    this.#peakBufferedBytes = Math.max(this.#peakBufferedBytes, bytes);
  }

  /** As fields of a log line. */
  get fields() {
    const { messages, frames, lost, malformed } = this.#streams;
    return {
      framesIn: frames,
      framesLost: lost,
      framesMalformed: malformed,
      messagesIn: messages,
      activeMs: Date.now() - this.#sinceMs,
      peakBufferedBytes: this.#peakBufferedBytes,
    };
  }
}
