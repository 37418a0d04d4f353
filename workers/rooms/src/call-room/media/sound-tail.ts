import { FRAME_MS, MULAW_SILENCE, SAMPLES_PER_MS } from "@earwitness/core";
import type { LiveChannel } from "@earwitness/shared";
import { type LostSpan, lostSpanOf } from "./lost-spans.ts";
import type { PlacedSound } from "./stream-timeline.ts";

/**
 * So much of the sound is in memory alone, and lost when the room is reset. Each piece costs a row written: at 1.2 s, fifty
 * a minute.
 */
export const PIECE_MS = 1200;
/** 24 s of sound are 384 kB: few objects to store, and no more to hold at once. */
export const PIECES_A_CHUNK = 20;
/** A track that is further behind the other is silent; its piece is not waited for. */
const APART_MS = 300;

const CHANNELS: readonly LiveChannel[] = ["caller", "agent"];

/** A piece of both channels on its way to the disk. */
export interface SoundPiece {
  readonly chunk: number;
  readonly startMs: number;
  readonly endMs: number;
  /** µ-law, the channels' samples in turn, caller first; what is not there is silent. */
  readonly audio: Uint8Array;
  readonly lost: readonly LostSpan[];
}

/** Where pieces go, in their order. */
export interface SoundKeeper {
  save(piece: SoundPiece): void;
  /** All pieces of a chunk are saved. */
  complete(chunk: number): void;
}

interface OpenPiece {
  readonly startMs: number;
  readonly audio: Uint8Array;
}

/**
 * Joins the two channels into pieces, and pieces into chunks. A chunk is without holes: where the sound breaks off, it is
 * closed, and the next begins where sound is again.
 */
export class SoundTail {
  readonly #to: SoundKeeper;
  #chunk: number;
  /** Pieces of the open chunk that are saved. */
  #pieces = 0;
  /** Where sound began after it had broken off; what is before that was not asked for. */
  #brokenUntilMs = 0;
  #current: OpenPiece | null = null;
  /** What a track that is ahead says already. */
  #following: OpenPiece | null = null;
  #lost: LostSpan[] = [];
  #reachedMs: Record<LiveChannel, number> = { caller: 0, agent: 0 };

  /** `chunk` is the number of the first chunk. */
  constructor(chunk: number, to: SoundKeeper) {
    this.#chunk = chunk;
    this.#to = to;
  }

  /** How many bytes of sound are held in memory. */
  get bufferedBytes(): number {
    return (this.#current?.audio.length ?? 0) + (this.#following?.audio.length ?? 0);
  }

  take(sound: PlacedSound): void {
    const { channel, fromSample, samples, audio } = sound;
    if (this.#current === null) {
      this.#current = openAt(frameAt(fromSample / SAMPLES_PER_MS));
      this.#brokenUntilMs = this.#current.startMs;
    }
    if (audio === null) this.#lose(sound);
    for (let done = 0; audio !== null && done < audio.length; ) {
      const from = fromSample + done;
      const piece = this.#pieceAt(from);
      const at = from - piece.startMs * SAMPLES_PER_MS;
      // What belongs before the open piece came later than any order waits for: its place is on disk already.
      const part = audio.subarray(done, done + (at < 0 ? -at : PIECE_MS * SAMPLES_PER_MS - at));
      if (at < 0) this.#lose({ ...sound, fromSample: from, samples: part.length });
      else interleave(part, piece.audio, at, channel);
      done += part.length;
    }
    const endMs = (fromSample + samples) / SAMPLES_PER_MS;
    this.#reachedMs[channel] = Math.max(this.#reachedMs[channel], endMs);
    this.#saveComplete();
  }

  /** Saves what there is and closes the chunk: the sound breaks off here. */
  close(): void {
    if (this.#current === null) return;
    const endMs = Math.ceil(this.#furthestMs() / FRAME_MS) * FRAME_MS;
    while (this.#current !== null && endMs - this.#current.startMs > PIECE_MS) this.#advance(false);
    this.#advance(true, endMs);
    this.#current = null;
    this.#following = null;
    this.#reachedMs = { caller: 0, agent: 0 };
  }

  #lose(sound: PlacedSound): void {
    const lost = lostSpanOf(sound);
    const startMs = Math.max(this.#brokenUntilMs, lost.startMs);
    if (startMs < lost.endMs) this.#lost.push({ ...lost, startMs });
  }

  #saveComplete(): void {
    for (;;) {
      const endMs = (this.#current?.startMs ?? Number.POSITIVE_INFINITY) + PIECE_MS;
      const isWhole = CHANNELS.every((channel) => this.#reachedMs[channel] >= endMs);
      if (!isWhole && this.#furthestMs() < endMs + APART_MS) return;
      this.#advance(false);
    }
  }

  /** The open piece that a sample belongs to; pieces before it by more than one are saved. */
  #pieceAt(sample: number): OpenPiece {
    const ms = sample / SAMPLES_PER_MS;
    let current = this.#current ?? openAt(frameAt(ms));
    while (ms >= current.startMs + 2 * PIECE_MS) current = this.#advance(false) ?? current;
    this.#current = current;
    if (ms < current.startMs + PIECE_MS) return current;
    this.#following ??= openAt(current.startMs + PIECE_MS);
    return this.#following;
  }

  #furthestMs(): number {
    return Math.max(this.#reachedMs.caller, this.#reachedMs.agent);
  }

  /** Saves the current piece, up to `endMs` where it is not whole, and goes on to the next; gives that. */
  #advance(isBreak: boolean, endMs?: number): OpenPiece | null {
    const piece = this.#current;
    if (piece === null) return null;
    const until = endMs ?? piece.startMs + PIECE_MS;
    const audio = piece.audio.subarray(0, (until - piece.startMs) * SAMPLES_PER_MS * CHANNELS.length);
    const lost = this.#lost;
    this.#current = this.#following ?? openAt(until);
    this.#following = null;
    this.#lost = [];
    if (audio.length > 0 || lost.length > 0) {
      this.#to.save({ chunk: this.#chunk, startMs: piece.startMs, endMs: until, audio, lost });
      this.#pieces += 1;
    }
    if (this.#pieces > 0 && (isBreak || this.#pieces === PIECES_A_CHUNK)) {
      this.#to.complete(this.#chunk);
      this.#chunk += 1;
      this.#pieces = 0;
    }
    return this.#current;
  }
}

function openAt(startMs: number): OpenPiece {
  return { startMs, audio: new Uint8Array(PIECE_MS * SAMPLES_PER_MS * CHANNELS.length).fill(MULAW_SILENCE) };
}

function frameAt(ms: number): number {
  return Math.floor(ms / FRAME_MS) * FRAME_MS;
}

function interleave(from: Uint8Array, to: Uint8Array, atSample: number, channel: LiveChannel): void {
  const step = CHANNELS.length;
  let index = atSample * step + CHANNELS.indexOf(channel);
  for (const byte of from) {
    to[index] = byte;
    index += step;
  }
}
