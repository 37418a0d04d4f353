import { SILENCE } from "../audio/mulaw.ts";
import {
  BLOCK,
  findLastSound,
  findSound,
  hashBlock,
  type LearntSpeech,
  longestWord,
  placesOf,
  rollHash,
} from "./fingerprints.ts";
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
/** Two seconds: grows where a word is longer. */
const FIRST_MEMORY = 16_384;

/** A known speech that the audio agrees with: its first sample lies at `origin`, its word `next` is expected. */
interface Track {
  readonly speech: LearntSpeech;
  readonly origin: number;
  readonly next: number;
}

/**
 * Recognises the words of one channel by the sound alone, while it arrives. Every window of 10 ms, at every sample, is looked up among
 * the blocks of all speech that was ever synthesised; a hit is checked sample by sample, then followed word by word. So a lost second
 * loses its words, a doubled one doubles them, and the times are those of the audio received. Sound that nobody taught it is
 * reported as such, never guessed. Memory is bounded by the longest known word, and quiet costs next to nothing.
 */
export class Recogniser {
  readonly #unknown = new UnknownSound();
  #memory = new Uint8Array(FIRST_MEMORY);
  /** The absolute position of `#memory[0]`. */
  #base = 0;
  /** How many samples were pushed. */
  #received = 0;
  /** The absolute position that is examined next. */
  #at = 0;
  /** Where the last reported word ends: no sound is reported twice. */
  #heardUntil = 0;
  /** What may be being spoken: more than one while known speeches agree in what was heard so far. */
  #tracks: readonly Track[] = [];
  /** Whether the tracks come from a first hit: none of their words was heard yet. */
  #isFirstWord = false;

  /** Whether known speech has begun and not ended: a word may be being spoken. */
  get isFollowing(): boolean {
    return this.#tracks.length > 0;
  }

  /**
   * Takes the next samples (µ-law, 8 kHz) and returns what was decided by them: a word as soon as its last sample is here, unknown
   * sound once it is over and cannot belong to a word any more. Words come in time order; unknown sound may come after later words.
   */
  push(samples: Uint8Array): HeardWord[] {
    this.#unknown.push(samples);
    this.#remember(samples);
    const heard = this.#advance(false);
    return [...heard, ...this.#unknown.settle(this.#at - longestWord())];
  }

  /** What is left to say after the last samples. A word that was cut off is heard if enough of it is there. */
  finish(): HeardWord[] {
    return [...this.#advance(true), ...this.#unknown.finish()];
  }

  #remember(samples: Uint8Array): void {
    const used = this.#received - this.#base;
    if (used + samples.length > this.#memory.length) {
      const from = Math.max(0, this.#at - longestWord() - this.#base);
      const kept = this.#memory.subarray(from, used);
      const size = kept.length + samples.length;
      const memory = size > this.#memory.length / 2 ? new Uint8Array(size * 2) : this.#memory;
      memory.set(kept);
      this.#memory = memory;
      this.#base += from;
    }
    this.#memory.set(samples, this.#received - this.#base);
    this.#received += samples.length;
  }

  #advance(isLast: boolean): HeardWord[] {
    const heard: HeardWord[] = [];
    while (this.#tracks.length > 0 || this.#findSpeech()) {
      const isBeingSpoken = this.#tracks.some((track) => endOfNext(track) > this.#received);
      if (isBeingSpoken && !isLast) break;
      const word = this.#takeWord();
      if (word !== null) heard.push(word);
    }
    return heard;
  }

  /** Goes on to the next window that is part of known speech. False: there is none in what was received. */
  #findSpeech(): boolean {
    const audio = this.#memory;
    const end = this.#received - this.#base;
    let local = this.#at - this.#base;
    let lastSound = -1;
    let hash: number | undefined;
    while (local + BLOCK <= end) {
      if (hash === undefined) {
        // No quiet window was learnt: up to the next sound there is nothing to find.
        local = Math.max(local, findSound(audio, local, end) - BLOCK + 1);
        if (local + BLOCK > end) break;
        hash = hashBlock(audio, local);
        lastSound = findLastSound(audio, local, local + BLOCK);
      }
      const tracks = this.#tracksAt(hash, local);
      if (tracks.length > 0) {
        this.#at = this.#base + local;
        this.#tracks = tracks;
        this.#isFirstWord = true;
        this.#unknown.know(this.#at, this.#at + BLOCK);
        return true;
      }
      hash = rollHash(hash, audio[local] ?? SILENCE, audio[local + BLOCK] ?? SILENCE);
      if (findSound(audio, local + BLOCK, local + BLOCK + 1) === local + BLOCK) lastSound = local + BLOCK;
      local += 1;
      if (lastSound < local) hash = undefined;
    }
    this.#at = this.#base + local;
    return false;
  }

  #tracksAt(hash: number, local: number): Track[] {
    const tracks: Track[] = [];
    for (const { speech, wordIndex, offset } of placesOf(hash) ?? []) {
      // A hash may lie: the samples decide.
      if (!equalRange(speech.audio, offset, offset + BLOCK, this.#memory, local)) continue;
      tracks.push({ speech, origin: this.#base + local - offset, next: wordIndex });
    }
    return tracks;
  }

  /** Compares the next word of all tracks: keeps those that have it, and reports it as the one that has most of it. */
  #takeWord(): HeardWord | null {
    const heard = this.#tracks.flatMap((track) => {
      const word = this.#compare(track);
      return word === null || word.start < this.#heardUntil ? [] : [{ track, word }];
    });
    const [first, ...others] = heard;
    if (first === undefined) {
      if (this.#isFirstWord) this.#at += 1;
      this.#tracks = [];
      return null;
    }
    const { word } = others.reduce((best, other) => (lengthOf(other.word) > lengthOf(best.word) ? other : best), first);
    this.#unknown.know(this.#isFirstWord ? word.start : this.#heardUntil, word.end);
    this.#heardUntil = word.end;
    this.#at = Math.max(this.#at, word.end);
    this.#isFirstWord = false;
    this.#tracks = heard
      .map(({ track }) => ({ ...track, next: track.next + 1 }))
      .filter(({ speech, next }) => next < speech.words.length);
    return word;
  }

  #compare({ speech, origin, next }: Track): HeardWord | null {
    const word = speech.words[next];
    if (word === undefined) return null;
    const local = origin - this.#base;
    const end = this.#received - this.#base;
    let equal = 0;
    let firstEqual = -1;
    let lastEqual = -1;
    for (let from = word.start; from < word.end; from += BLOCK) {
      const to = Math.min(from + BLOCK, word.end);
      if (local + to > end || !equalRange(speech.audio, from, to, this.#memory, local + from)) continue;
      equal += to - from;
      if (firstEqual < 0) firstEqual = from;
      lastEqual = to;
    }
    const share = equal / (word.end - word.start);
    if (share < HEARD_SHARE) return null;
    return {
      text: word.text,
      start: origin + firstEqual,
      end: origin + lastEqual,
      confidence: Math.round((0.5 + 0.49 * share) * 1000) / 1000,
      language: speech.language,
      voice: speech.voice,
    };
  }
}

function equalRange(known: Uint8Array, from: number, to: number, heard: Uint8Array, at: number): boolean {
  if (at < 0) return false;
  for (let i = from; i < to; i += 1) if (known[i] !== heard[at + i - from]) return false;
  return true;
}

function endOfNext({ speech, origin, next }: Track): number {
  return origin + (speech.words[next]?.end ?? 0);
}

function lengthOf(word: HeardWord): number {
  return word.end - word.start;
}
