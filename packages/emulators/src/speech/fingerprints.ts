import { decodeMulawByte } from "../audio/mulaw.ts";

/** Samples of a fingerprinted block: 10 ms of telephone audio. */
export const BLOCK = 80;
/** A block in which nothing is louder than this says nothing about the words. */
const QUIET_LEVEL = 60;
/** Blocks that occur in more places than this (a steady tone) are no evidence for any of them. */
const MAX_PLACES = 24;

/** A speech as the recogniser knows it: µ-law at 8 kHz, `start` and `end` in samples. */
export interface LearntSpeech {
  readonly language: string;
  /** Tells one speaker from another. */
  readonly voice: string;
  readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  readonly audio: Uint8Array;
}

/** Where a block comes from: sample `offset` of `speech`, which lies in its word number `wordIndex`. */
export interface Place {
  readonly speech: LearntSpeech;
  readonly wordIndex: number;
  readonly offset: number;
}

const FACTOR = 0x01000193;
/** FACTOR to the power of BLOCK: takes the byte that leaves the window out of the sum. */
let leaving = 1;
for (let i = 0; i < BLOCK; i += 1) leaving = Math.imul(leaving, FACTOR);

const FILTER_BITS = 22;
/** One bit per hash: nearly every unknown window is turned away here, before the slower map. */
const filter = new Uint8Array(2 ** (FILTER_BITS - 3));
const places = new Map<number, Place[]>();
let longest = 0;

/** The hash of the block that starts at `at`. */
export function hashBlock(audio: Uint8Array, at: number): number {
  let hash = 0;
  for (let i = at; i < at + BLOCK; i += 1) hash = (Math.imul(hash, FACTOR) + (audio[i] ?? 0) + 1) | 0;
  return hash;
}

/** The hash of the window one sample further on: `out` has left it, `came` has entered. */
export function rollHash(hash: number, out: number, came: number): number {
  return (Math.imul(hash, FACTOR) + came + 1 - Math.imul(out + 1, leaving)) | 0;
}

/** Where a block with this hash was spoken; equal hashes are candidates, not proof. */
export function placesOf(hash: number): readonly Place[] | undefined {
  const bit = filterBit(hash);
  return ((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0 ? undefined : places.get(hash);
}

/** Adds a speech's words to what the recogniser can hear. The only thing that the speaker and the recogniser share. */
export function learnSpeech(speech: LearntSpeech): void {
  speech.words.forEach((word, wordIndex) => {
    longest = Math.max(longest, word.end - word.start);
    for (let offset = word.start; offset + BLOCK <= word.end; offset += BLOCK) {
      if (isQuiet(speech.audio, offset)) continue;
      const hash = hashBlock(speech.audio, offset);
      const kept = places.get(hash) ?? [];
      if (kept.length < MAX_PLACES) places.set(hash, [...kept, { speech, wordIndex, offset }]);
      const bit = filterBit(hash);
      filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
    }
  });
}

/** Samples of the longest word that was learnt: how far back the beginning of a word can lie that is recognised only now. */
export function longestWord(): number {
  return longest;
}

/** The first audible sample in `from` to `to`; `to` when all of it is quiet. */
export function findSound(audio: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (loud[audio[at] ?? 0xff] ?? 0) === 0) at += 1;
  return at;
}

/** The last audible sample in `from` to `to`; -1 when all of it is quiet. */
export function findLastSound(audio: Uint8Array, from: number, to: number): number {
  let at = to - 1;
  while (at >= from && (loud[audio[at] ?? 0xff] ?? 0) === 0) at -= 1;
  return at < from ? -1 : at;
}

/** Whether the block at `at` holds no audible sound. */
export function isQuiet(audio: Uint8Array, at: number): boolean {
  return findSound(audio, at, at + BLOCK) === at + BLOCK;
}

const loud = new Uint8Array(256).map((_, byte) => (Math.abs(decodeMulawByte(byte)) > QUIET_LEVEL ? 1 : 0));

function filterBit(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);
}
