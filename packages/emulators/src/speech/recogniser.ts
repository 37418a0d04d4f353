import { SILENCE } from "../audio/mulaw.ts";
import { BLOCK, hashBlock, type LearntSpeech, type Place, placesOf, rollHash } from "./fingerprints.ts";
import { UnknownSound } from "./unknown-sound.ts";

/** A word that was heard: `start` and `end` are samples of the audio that was given, found in it and nowhere else. */
export interface HeardWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  /** `null` for sound that matches no known speech. */
  readonly language: string | null;
  /** Whose voice it is; `null` for unknown sound. */
  readonly voice: string | null;
}

/** A word counts as heard when this share of its samples is there, in order and unshifted. */
const HEARD_SHARE = 0.8;
/** How far past a position the words that follow are compared: longer than any word. */
const LOOK_AHEAD = 8 * 8000;
/** How much of the past is kept for the beginning of a word whose first block was not the one that was noticed. */
const LOOK_BACK = 8000 * 4;

/**
 * Recognises the words of one channel by the sound alone. Every window of 10 ms, at every sample, is looked up among the blocks of
 * all speech that was ever synthesised; a hit is checked sample by sample. So a lost second loses its words, a doubled one doubles
 * them, and the times are those of the audio received. Sound that nobody taught it is reported as such, never guessed.
 */
export class Recogniser {
  readonly #words: HeardWord[] = [];
  readonly #unknown = new UnknownSound();
  #audio = new Uint8Array(0);
  /** The absolute position of `#audio[0]`. */
  #base = 0;
  /** The absolute position that is examined next. */
  #at = 0;
  /** Where the last reported word ends: no sound is reported twice. */
  #heardUntil = 0;

  /** Takes the next samples (µ-law, 8 kHz). Memory stays bounded, however long the audio is. */
  push(samples: Uint8Array): void {
    this.#unknown.push(samples);
    const keepFrom = Math.max(0, this.#at - LOOK_BACK - this.#base);
    const audio = new Uint8Array(this.#audio.length - keepFrom + samples.length);
    audio.set(this.#audio.subarray(keepFrom));
    audio.set(samples, this.#audio.length - keepFrom);
    this.#audio = audio;
    this.#base += keepFrom;
    this.#scan(this.#base + audio.length - LOOK_AHEAD);
  }

  /** All words in time order, after the last samples were pushed. */
  finish(): HeardWord[] {
    this.#scan(this.#base + this.#audio.length);
    const unknown = this.#unknown.finish();
    return [...this.#words, ...unknown].sort((a, b) => a.start - b.start);
  }

  #scan(until: number): void {
    const audio = this.#audio;
    let local = this.#at - this.#base;
    const last = Math.min(until - this.#base, audio.length - BLOCK);
    let hash: number | undefined;
    while (local <= last) {
      hash ??= hashBlock(audio, local);
      const heard = this.#examine(placesOf(hash), local);
      if (heard > local) {
        local = heard;
        hash = undefined;
        continue;
      }
      hash = rollHash(hash, audio[local] ?? SILENCE, audio[local + BLOCK] ?? SILENCE);
      local += 1;
    }
    this.#at = this.#base + Math.max(local, this.#at - this.#base);
  }

  /** Reports the longest run of words that one of the places explains, and returns where it ends (or `local`: nothing). */
  #examine(candidates: readonly Place[] | undefined, local: number): number {
    let best: HeardWord[] = [];
    for (const place of candidates ?? []) {
      if (!equalBlock(place.speech.audio, place.offset, this.#audio, local)) continue;
      this.#unknown.know(this.#base + local, this.#base + local + BLOCK);
      const run = this.#follow(place, local - place.offset, local + LOOK_AHEAD);
      if (coverage(run) > coverage(best)) best = run;
    }
    const last = best.at(-1);
    if (last === undefined) return local;
    this.#words.push(...best);
    this.#heardUntil = last.end;
    this.#unknown.know(best[0]?.start ?? last.start, last.end);
    return Math.max(local, last.end - this.#base);
  }

  /** The words from the place's own onward that are all there when the speech's first sample lies at `origin`. */
  #follow(place: Place, origin: number, limit: number): HeardWord[] {
    const run: HeardWord[] = [];
    const { words } = place.speech;
    for (const word of words.slice(place.wordIndex)) {
      if (run.length > 0 && origin + word.end > Math.min(limit, this.#audio.length)) break;
      const heard = this.#compare(place.speech, word, origin);
      if (heard === null || heard.start < this.#heardUntil) break;
      run.push(heard);
    }
    return run;
  }

  #compare(speech: LearntSpeech, word: LearntSpeech["words"][number], origin: number): HeardWord | null {
    let equal = 0;
    let first = -1;
    let end = -1;
    for (let from = word.start; from < word.end; from += BLOCK) {
      const to = Math.min(from + BLOCK, word.end);
      if (!equalRange(speech.audio, from, to, this.#audio, origin + from)) continue;
      equal += to - from;
      if (first < 0) first = from;
      end = to;
    }
    const share = equal / (word.end - word.start);
    if (share < HEARD_SHARE) return null;
    return {
      text: word.text,
      start: this.#base + origin + first,
      end: this.#base + origin + end,
      confidence: Math.round((0.5 + 0.49 * share) * 1000) / 1000,
      language: speech.language,
      voice: speech.voice,
    };
  }
}

/** A hash may lie: the samples decide. */
function equalBlock(known: Uint8Array, offset: number, heard: Uint8Array, local: number): boolean {
  return equalRange(known, offset, offset + BLOCK, heard, local);
}

function equalRange(known: Uint8Array, from: number, to: number, heard: Uint8Array, at: number): boolean {
  if (at < 0 || at + (to - from) > heard.length) return false;
  for (let i = from; i < to; i += 1) if (known[i] !== heard[at + i - from]) return false;
  return true;
}

function coverage(run: readonly HeardWord[]): number {
  return run.reduce((sum, word) => sum + word.end - word.start, 0);
}
