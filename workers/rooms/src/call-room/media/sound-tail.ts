import { FRAME_MS, MULAW_SILENCE, SAMPLES_PER_MS } from "@earwitness/core";
import type { LiveChannel } from "@earwitness/shared";
import { type LostSpan, lostSpanOf } from "./lost-spans.ts";
import type { PlacedSound } from "./stream-timeline.ts";

/**
 * So much of the sound is in memory alone, and lost when the room is reset: with the tenth of a second that frames wait to be put
 * in order, less than two seconds. Each piece costs a row written: at 1.8 s, some 34 a minute.
 */
export const PIECE_MS = 1800;
/** 30 s of sound are 480 kB: few objects to store, and no more to hold at once. */
export const CHUNK_MS = 30_000;
/** A track that is further behind the other is silent, and is not waited for. */
const APART_MS = 300;

const CHANNELS: readonly LiveChannel[] = ["caller", "agent"];
const BYTES_A_MS = SAMPLES_PER_MS * CHANNELS.length;

/** A piece of both channels on its way to the disk. */
export interface SoundPiece {
  readonly chunk: number;
  readonly startMs: number;
  readonly endMs: number;
  /** µ-law, the channels' samples in turn, caller first; what is not there is silent. Good until the piece is taken. */
  readonly audio: Uint8Array;
  readonly lost: readonly LostSpan[];
}

/** Where pieces go, in their order. */
export interface SoundKeeper {
  save(piece: SoundPiece): void;
  /** All pieces of a chunk are saved. */
  complete(chunk: number): void;
}

/**
 * Joins the two channels into pieces, and pieces into chunks. A chunk is without holes: where the sound breaks off, it is
 * closed, and the next begins where sound is again.
 */
export class SoundTail {
  readonly #to: SoundKeeper;
  /** The open piece, in whose place the next one grows. */
  readonly #audio = new Uint8Array(PIECE_MS * BYTES_A_MS).fill(MULAW_SILENCE);
  #chunk: number;
  /** Where the open chunk begins; null where none of its pieces is saved. */
  #chunkStartMs: number | null = null;
  /** Where the open piece begins; null where there is no sound. */
  #startMs: number | null = null;
  /** Where sound began after it had broken off; what is before that was not asked for. */
  #brokenUntilMs = 0;
  #lost: LostSpan[] = [];
  #reachedMs: Record<LiveChannel, number> = { caller: 0, agent: 0 };

  /** `chunk` is the number of the first chunk. */
  constructor(chunk: number, to: SoundKeeper) {
    this.#chunk = chunk;
    this.#to = to;
  }

  /** How many bytes of sound are held in memory. */
  get bufferedBytes(): number {
    return this.#audio.length;
  }

  take(sound: PlacedSound): void {
    const { channel, fromSample, samples, audio } = sound;
    this.#startMs ??= this.#begin(frameAt(fromSample / SAMPLES_PER_MS));
    let startMs = this.#startMs;
    if (audio === null) this.#lose(sound);
    for (let done = 0; audio !== null && done < audio.length; ) {
      const from = fromSample + done;
      while (from >= (startMs + PIECE_MS) * SAMPLES_PER_MS) startMs = this.#save(startMs, startMs + PIECE_MS);
      const at = from - startMs * SAMPLES_PER_MS;
      // What belongs before the open piece came later than any order waits for: its place is on disk already.
      const part = audio.subarray(done, done + (at < 0 ? -at : PIECE_MS * SAMPLES_PER_MS - at));
      if (at < 0) this.#lose({ ...sound, fromSample: from, samples: part.length });
      else interleave(part, this.#audio, at, channel);
      done += part.length;
    }
    const endMs = (fromSample + samples) / SAMPLES_PER_MS;
    this.#reachedMs[channel] = Math.max(this.#reachedMs[channel], endMs);
    this.#saveFull(startMs);
  }

  /** Saves what there is and closes the chunk: the sound breaks off here. */
  close(): void {
    if (this.#startMs === null) return;
    const endMs = Math.ceil(this.#furthestMs() / FRAME_MS) * FRAME_MS;
    let startMs = this.#startMs;
    while (endMs - startMs > PIECE_MS) startMs = this.#save(startMs, startMs + PIECE_MS);
    this.#save(startMs, endMs);
    this.#completeChunk();
    this.#startMs = null;
    this.#reachedMs = { caller: 0, agent: 0 };
  }

  #begin(startMs: number): number {
    this.#brokenUntilMs = startMs;
    return startMs;
  }

  #lose(sound: PlacedSound): void {
    const lost = lostSpanOf(sound);
    const startMs = Math.max(this.#brokenUntilMs, lost.startMs);
    if (startMs < lost.endMs) this.#lost.push({ ...lost, startMs });
  }

  /** Saves as much as both tracks have reached when the open piece is full; of one that is silent nothing is awaited. */
  #saveFull(startMs: number): void {
    const furthestMs = this.#furthestMs();
    for (let fromMs = startMs; furthestMs - fromMs >= PIECE_MS; ) {
      const bothMs = Math.min(this.#reachedMs.caller, this.#reachedMs.agent);
      const untilMs = frameAt(Math.max(bothMs, furthestMs - APART_MS));
      fromMs = this.#save(fromMs, Math.min(untilMs, fromMs + PIECE_MS));
    }
  }

  #furthestMs(): number {
    return Math.max(this.#reachedMs.caller, this.#reachedMs.agent);
  }

  /** Saves the open piece up to `endMs`; what is beyond it begins the next. Gives where that is. */
  #save(startMs: number, endMs: number): number {
    const bytes = (endMs - startMs) * BYTES_A_MS;
    const lost = this.#takeLost(endMs);
    if (bytes > 0 || lost.length > 0) {
      this.#to.save({ chunk: this.#chunk, startMs, endMs, audio: this.#audio.subarray(0, bytes), lost });
      this.#chunkStartMs ??= startMs;
    }
    this.#audio.copyWithin(0, bytes).fill(MULAW_SILENCE, this.#audio.length - bytes);
    this.#startMs = endMs;
    if (this.#chunkStartMs !== null && endMs + PIECE_MS - this.#chunkStartMs > CHUNK_MS) this.#completeChunk();
    return endMs;
  }

  /** What is lost before `endMs`; a gap that goes on is told of the next piece, too, which may be of another chunk. */
  #takeLost(endMs: number): LostSpan[] {
    const all = this.#lost;
    this.#lost = all
      .filter((span) => span.endMs > endMs)
      .map((span) => ({ ...span, startMs: Math.max(span.startMs, endMs) }));
    return all.filter((span) => span.startMs < endMs).map((span) => ({ ...span, endMs: Math.min(span.endMs, endMs) }));
  }

  #completeChunk(): void {
    if (this.#chunkStartMs === null) return;
    this.#chunkStartMs = null;
    this.#to.complete(this.#chunk);
    this.#chunk += 1;
  }
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
