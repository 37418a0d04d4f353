import { expect, test } from "vitest";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { BUILT_IN_SCRIPTS } from "../src/script/built-in.ts";
import { voiceOf } from "../src/script/voices.ts";
import { type HeardWord, Recogniser } from "../src/speech/recogniser.ts";
import { SAMPLE_HZ, type Speech, synthesise } from "../src/speech/speech.ts";
import { UNRECOGNISED } from "../src/speech/unknown-sound.ts";

const voice = { name: "en-us", pitch: 45 };
const SECOND = SAMPLE_HZ;
const MS = SAMPLE_HZ / 1000;

const speech = () => synthesise("Good morning, the quarterly report is ready for your review.", voice);

/** What a recogniser hears, given the samples in pieces of `pieceLength`. */
function hear(pcm: Int16Array, pieceLength = 4096): HeardWord[] {
  const recogniser = new Recogniser();
  const audio = encodeMulaw(pcm);
  const words: HeardWord[] = [];
  for (let at = 0; at < audio.length; at += pieceLength) {
    words.push(...recogniser.push(audio.subarray(at, at + pieceLength)));
  }
  return [...words, ...recogniser.finish()].sort((a, b) => a.start - b.start);
}

function padded(pcm: Int16Array, before: number, after = SECOND): Int16Array {
  const out = new Int16Array(before + pcm.length + after);
  out.set(pcm, before);
  return out;
}

const texts = (words: readonly { readonly text: string }[]) => words.map((word) => word.text);
const cut = (pcm: Int16Array, from: number, to: number) => Int16Array.of(...pcm.subarray(0, from), ...pcm.subarray(to));
const middleOf = (word: Speech["words"][number] | undefined) => Math.round(((word?.start ?? 0) + (word?.end ?? 0)) / 2);

test("every word is heard where it lies, at any offset and however the audio is cut into pieces", async () => {
  const known = await speech();
  for (const [offset, piece] of [
    [0, 160],
    [12_345, 333],
    [7, 100_000],
  ] as const) {
    const words = hear(padded(known.pcm, offset), piece);
    expect(texts(words)).toEqual(texts(known.words));
    words.forEach((word, index) => {
      expect(Math.abs(word.start - offset - (known.words[index]?.start ?? 0))).toBeLessThanOrEqual(10 * MS);
      expect(Math.abs(word.end - offset - (known.words[index]?.end ?? 0))).toBeLessThanOrEqual(10 * MS);
    });
  }
});

test("a stretch that is lost takes exactly its words, and the rest moves forward", async () => {
  const known = await speech();
  const from = middleOf(known.words[2]);
  const to = middleOf(known.words[6]);
  const words = hear(padded(cut(known.pcm, from, to), 0));
  expect(texts(words)).toEqual([...texts(known.words.slice(0, 2)), ...texts(known.words.slice(7))]);
  expect(words.at(-1)?.start).toBe((known.words.at(-1)?.start ?? 0) - (to - from));
});

test("a stretch that arrives twice is heard twice", async () => {
  const known = await speech();
  const from = known.words[3]?.start ?? 0;
  const to = known.words[5]?.end ?? 0;
  const doubled = Int16Array.of(
    ...known.pcm.subarray(0, to),
    ...known.pcm.subarray(from, to),
    ...known.pcm.subarray(to),
  );
  const expected = [...texts(known.words.slice(0, 6)), ...texts(known.words.slice(3))];
  expect(texts(hear(padded(doubled, 500)))).toEqual(expected);
});

test("stretches that change places are heard in the order in which they arrive", async () => {
  const first = await synthesise("Alpha comes first.", voice);
  const second = await synthesise("Bravo comes second.", voice);
  const swapped = Int16Array.of(...padded(second.pcm, 0), ...padded(first.pcm, 0));
  expect(texts(hear(swapped))).toEqual([...texts(second.words), ...texts(first.words)]);
});

test("sound that nobody taught it is one unrecognised stretch, and silence is nothing", async () => {
  const tone = new Int16Array(SECOND).map((_, i) => 5000 * Math.sin(i / 3));
  const words = hear(padded(tone, 2 * SECOND));
  expect(words).toHaveLength(1);
  expect(words[0]).toMatchObject({ text: UNRECOGNISED, language: null, start: 2 * SECOND });
  expect(hear(new Int16Array(5 * SECOND))).toEqual([]);
});

test("speech that was never synthesised here is not guessed: the same words turned louder are unknown", async () => {
  const known = await speech();
  const louder = known.pcm.map((sample) => Math.round(sample * 0.61));
  expect(new Set(texts(hear(padded(louder, 0))))).toEqual(new Set([UNRECOGNISED]));
});

test("a word of which less than four fifths arrived is not reported", async () => {
  const known = await synthesise("Extraordinary", voice);
  const word = known.words[0];
  if (word === undefined) throw new Error("It is one word.");
  const most = padded(known.pcm.subarray(0, Math.round(word.end * 0.9)), 800);
  const half = padded(known.pcm.subarray(0, Math.round(word.end * 0.5)), 800);
  expect(texts(hear(most))).toEqual(["Extraordinary"]);
  expect(texts(hear(half))).toEqual([]);
});

test("a word is told as soon as its last sample is here, and sound that is none once it is over", async () => {
  const known = await speech();
  const tone = new Int16Array(SECOND).map((_, i) => 5000 * Math.sin(i / 3));
  const audio = encodeMulaw(Int16Array.of(...padded(known.pcm, 0), ...padded(tone, 0, 3 * SECOND)));
  const recogniser = new Recogniser();
  const step = 20 * MS;
  const told: { text: string; lateBy: number }[] = [];
  for (let at = 0; at < audio.length; at += step) {
    for (const { text, end } of recogniser.push(audio.subarray(at, at + step)))
      told.push({ text, lateBy: at + step - end });
  }
  expect(texts(told)).toEqual([...texts(known.words), UNRECOGNISED]);
  for (const { text, lateBy } of told) {
    // Unknown sound is told when 300 ms of quiet have ended it and no word can begin in it any more.
    expect(lateBy).toBeLessThanOrEqual(text === UNRECOGNISED ? 2.5 * SECOND : 10 * MS + step);
  }
  expect(recogniser.finish()).toEqual([]);
});

test("ten minutes of audio take a few seconds, not minutes", async () => {
  const known = await speech();
  const long = new Int16Array(600 * SECOND);
  for (let at = 0; at + known.pcm.length < long.length; at += 5 * SECOND) long.set(known.pcm, at);
  const started = performance.now();
  const words = hear(long, 65_536);
  expect(words.length).toBe(known.words.length * 119 + known.words.length);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test.each(Object.entries(BUILT_IN_SCRIPTS))("every written word of the conversation %s is heard", async (_, script) => {
  for (const { speaker, text } of script.lines) {
    const known = await synthesise(text, voiceOf(speaker, script.language));
    expect(texts(hear(padded(known.pcm, 0))).join(" ")).toBe(text);
  }
});
