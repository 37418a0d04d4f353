import { type MediaEncoding, mulawOfPayload, readTelnyxMediaFrame } from "@earwitness/providers/telephony";
import type { LiveChannel } from "@earwitness/shared";
import type { Placed, StreamTimeline } from "./stream-timeline.ts";
import { type OnChannel, TrackOrder } from "./track-order.ts";

/**
 * A frame of 20 ms is some 300 characters. With sixty times that a message is a second of the dearest encoding; the room is not
 * to read, keep and caption whatever a line that has gone mad sends at once.
 */
const MAX_MESSAGE_CHARACTERS = 20_000;

interface Arrived {
  readonly audio: Uint8Array;
  readonly arrivedAtMs: number;
}

/** What became of a stream's messages. */
export interface StreamCounts {
  messages: number;
  frames: number;
  /** Frames that did not come. */
  lost: number;
  /** Messages that were none of the protocol or far too long, and frames in an encoding that nobody here knows. */
  malformed: number;
}

/** One stream of the carrier's: reads its messages, puts its frames in order, and each in its place on the call. */
export class MediaStream {
  readonly counts: StreamCounts = { messages: 0, frames: 0, lost: 0, malformed: 0 };
  readonly #order = new TrackOrder<Arrived>();
  readonly #timeline: StreamTimeline;
  /** What we asked for, until the stream says what it is. */
  #encoding: MediaEncoding | null = "PCMU";
  #heardAtMs: number;
  #isStopped = false;

  constructor(timeline: StreamTimeline, openedAtMs: number) {
    this.#timeline = timeline;
    this.#heardAtMs = openedAtMs;
  }

  /** When its last sound came, or it was opened, in ms of the epoch. */
  get heardAtMs(): number {
    return this.#heardAtMs;
  }

  /** The carrier has said that it is the end. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Fixes where the stream began, in ms since the answer, unless that is settled. */
  begin(originMs: number): Placed {
    return this.#timeline.begin(originMs);
  }

  /** Takes a message as it came; gives the sound that has its place by it. What is malformed is counted and passed over. */
  hear(message: unknown, nowMs: number): readonly Placed[] {
    this.counts.messages += 1;
    const isReadable = typeof message === "string" && message.length <= MAX_MESSAGE_CHARACTERS;
    const frame = isReadable ? readTelnyxMediaFrame(message) : null;
    switch (frame?.type) {
      case undefined:
        this.counts.malformed += 1;
        return [];
      case "started":
        this.#encoding = frame.encoding;
        return [];
      case "stopped":
        this.#isStopped = true;
        return [];
      case "sound":
        this.#heardAtMs = nowMs;
        return this.#hearSound(frame, nowMs);
      default:
        return [];
    }
  }

  /** Gives what was waiting for other frames: nothing more is to come. */
  flush(nowMs: number): readonly Placed[] {
    return [...this.#place(this.#order.flush(), nowMs), this.#timeline.flush()];
  }

  #hearSound(frame: { channel: LiveChannel; number: number; payload: Uint8Array }, nowMs: number): readonly Placed[] {
    if (this.#encoding === null) {
      this.counts.malformed += 1;
      return [];
    }
    this.counts.frames += 1;
    const audio = mulawOfPayload(frame.payload, this.#encoding);
    return this.#place(this.#order.push(frame.channel, frame.number, { audio, arrivedAtMs: nowMs }), nowMs);
  }

  #place(ordered: readonly OnChannel<Arrived>[], nowMs: number): Placed[] {
    return ordered.map((each) => {
      const { channel } = each;
      if (each.kind === "frame") return this.#timeline.take({ channel, count: 1, ...each.frame });
      this.counts.lost += each.count;
      return this.#timeline.take({ channel, count: each.count, audio: null, arrivedAtMs: nowMs });
    });
  }
}
