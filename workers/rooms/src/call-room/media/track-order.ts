import type { LiveChannel } from "@earwitness/shared";
import { FrameOrder, type Ordered } from "./frame-order.ts";

/** Frames waited for before one is given up: 100 ms of a track in the usual frames of 20 ms. */
const WINDOW = 5;
/** By so many frames it shows how they are numbered. */
const TRIAL = 10;

interface Piece<T> {
  readonly channel: LiveChannel;
  readonly number: number;
  readonly frame: T;
}

/** What is next on a channel. */
export type OnChannel<T> = Ordered<T> & { readonly channel: LiveChannel };

/**
 * How a stream's frames are numbered. The vendor does not say whether they are counted per track or per stream; it shows when
 * both tracks use the same number, or when ten frames of both have come and none did. A stream of one track is counted on its
 * own until the other appears: with a number of its beginning, or with one that goes on from the first one's.
 */
type Numbering = "unknown" | "per_track" | "per_stream";

/** Brings the frames of a stream's tracks into order, whichever way they are numbered. */
export class TrackOrder<T> {
  #numbering: Numbering = "unknown";
  #trial: Piece<T>[] = [];
  readonly #tracks: Record<LiveChannel, FrameOrder<T>> = {
    caller: new FrameOrder(WINDOW),
    agent: new FrameOrder(WINDOW),
  };
  /** All numbers of the stream, where they are counted per stream; twice the frames come in the same time. */
  #stream = new FrameOrder<Piece<T>>(2 * WINDOW);
  readonly #turns = new Turns();

  /** Frames that came twice, or too late. */
  get dropped(): number {
    return this.#tracks.caller.dropped + this.#tracks.agent.dropped + this.#stream.dropped;
  }

  push(channel: LiveChannel, number: number, frame: T): OnChannel<T>[] {
    const piece = { channel, number, frame };
    if (this.#numbering !== "unknown") return this.#place(piece);
    this.#trial.push(piece);
    this.#numbering = numberingOf(this.#trial);
    return this.#numbering === "unknown" ? [] : this.#endTrial();
  }

  /** Gives what is held: nothing more is to come. */
  flush(): OnChannel<T>[] {
    if (this.#numbering === "unknown") this.#numbering = isOneTrack(this.#trial) ? "per_track" : "per_stream";
    const ordered = this.#endTrial();
    ordered.push(...this.#tracks.caller.flush().map((each) => ({ ...each, channel: "caller" as const })));
    ordered.push(...this.#tracks.agent.flush().map((each) => ({ ...each, channel: "agent" as const })));
    ordered.push(...this.#attributed(this.#stream.flush()));
    return ordered;
  }

  #endTrial(): OnChannel<T>[] {
    const pieces = this.#trial;
    this.#trial = [];
    return pieces.flatMap((piece) => this.#place(piece));
  }

  #place(piece: Piece<T>): OnChannel<T>[] {
    const { channel, number, frame } = piece;
    if (this.#numbering === "per_track" && this.#continuesOther(piece)) this.#countPerStream(otherOf(channel));
    if (this.#numbering === "per_stream") return this.#attributed(this.#stream.push(number, piece));
    return this.#tracks[channel].push(number, frame).map((each) => ({ ...each, channel }));
  }

  /** The first frame of a track whose number goes on from those of the other. */
  #continuesOther({ channel, number }: Piece<T>): boolean {
    const { next } = this.#tracks[otherOf(channel)];
    if (this.#tracks[channel].next !== null || next === null || number <= WINDOW) return false;
    return Math.abs(number - next) <= WINDOW;
  }

  #countPerStream(heard: LiveChannel): void {
    this.#numbering = "per_stream";
    this.#stream = new FrameOrder(2 * WINDOW, this.#tracks[heard].next);
    for (const [number, frame] of this.#tracks[heard].release()) {
      this.#stream.push(number, { channel: heard, number, frame });
    }
  }

  #attributed(ordered: Ordered<Piece<T>>[]): OnChannel<T>[] {
    return ordered.flatMap((each): OnChannel<T>[] => {
      if (each.kind === "missing") {
        return Array.from({ length: each.count }, () => ({ kind: "missing", count: 1, channel: this.#turns.miss() }));
      }
      const { channel, frame } = each.frame;
      this.#turns.hear(channel);
      return [{ kind: "frame", frame, channel }];
    });
  }
}

/** A track that has not been heard for so many frames of the other is silent, and loses nothing. */
const SILENT_AFTER = 10;

/** Tells of which track a frame was that is missing in a stream: tracks take turns, unless one of them is silent. */
class Turns {
  #last: LiveChannel = "agent";
  #inARow = 0;

  hear(channel: LiveChannel): void {
    this.#inARow = channel === this.#last ? this.#inARow + 1 : 1;
    this.#last = channel;
  }

  miss(): LiveChannel {
    if (this.#inARow < SILENT_AFTER) this.hear(otherOf(this.#last));
    return this.#last;
  }
}

function otherOf(channel: LiveChannel): LiveChannel {
  return channel === "caller" ? "agent" : "caller";
}

function numberingOf<T>(trial: readonly Piece<T>[]): Numbering {
  const channels = new Map<number, LiveChannel>();
  for (const { channel, number } of trial) {
    const other = channels.get(number);
    if (other !== undefined && other !== channel) return "per_track";
    channels.set(number, channel);
  }
  if (trial.length < TRIAL) return "unknown";
  return isOneTrack(trial) ? "per_track" : "per_stream";
}

function isOneTrack<T>(trial: readonly Piece<T>[]): boolean {
  return trial.every(({ channel }) => channel === trial[0]?.channel);
}
