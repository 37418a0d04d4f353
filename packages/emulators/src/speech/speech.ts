import { encodeMulaw } from "../audio/mulaw.ts";
import { speakAloud, type Voice } from "./engine.ts";
import { learnSpeech } from "./fingerprints.ts";

/** Telephone audio: every position below is a sample at this rate. */
export const SAMPLE_HZ = 8000;

/** A word of a speech: `start` and `end` are samples from the speech's first. */
interface SpokenWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Speech {
  readonly text: string;
  /** BCP 47 primary language, as far as the voice's name tells: `en`, `es`. */
  readonly language: string;
  /** 8 kHz PCM16. */
  readonly pcm: Int16Array;
  readonly words: readonly SpokenWord[];
}

/** Samples quieter than this are the silence between and after words. */
const QUIET = 60;

const known = new Map<string, Promise<Speech>>();

/** Speaks `text` (8 kHz PCM16 with exact word positions), once per text and voice, and teaches it to the recogniser. */
export function synthesise(text: string, voice: Voice): Promise<Speech> {
  const key = JSON.stringify([voice.name, voice.pitch, text]);
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const speech = make(text, voice);
  known.set(key, speech);
  // A failure is not kept: the next caller may have better luck.
  speech.catch(() => known.delete(key));
  return speech;
}

async function make(text: string, voice: Voice): Promise<Speech> {
  const spoken = await speakAloud(text, voice);
  const pcm = withoutTail(spoken.pcm);
  const words = placeWords(text, spoken.words, pcm);
  const speech: Speech = { text, language: voice.name.split("-")[0] ?? voice.name, pcm, words };
  learnSpeech({ language: speech.language, voice: `${voice.name}/${voice.pitch}`, words, audio: encodeMulaw(pcm) });
  return speech;
}

/**
 * Joins the engine's words to the text's. "$42" is four spoken words and one written one. The other way round the engine
 * takes some pairs ("has not", "I am") for one word: they share its sound, each as long as it is written.
 */
function placeWords(
  text: string,
  spoken: readonly { atMs: number; textIndex: number }[],
  pcm: Int16Array,
): SpokenWord[] {
  const groups: { start: number; tokens: string[] }[] = [];
  for (const token of text.matchAll(/\S+/g)) {
    // A lone dash is not spoken: it is no word.
    if (!/[\p{L}\p{N}]/u.test(token[0])) continue;
    const first = spoken.find(
      (word) => word.textIndex >= token.index && word.textIndex < token.index + token[0].length,
    );
    const group = groups.at(-1);
    if (first !== undefined) groups.push({ start: Math.round((first.atMs * SAMPLE_HZ) / 1000), tokens: [token[0]] });
    else if (group !== undefined) group.tokens.push(token[0]);
    else groups.push({ start: 0, tokens: [token[0]] });
  }
  return groups.flatMap(({ start, tokens }, index) => {
    const end = endOfSound(pcm, start, groups[index + 1]?.start ?? pcm.length);
    return shareSound(tokens, start, end);
  });
}

function shareSound(tokens: readonly string[], start: number, end: number): SpokenWord[] {
  const letters = tokens.reduce((sum, token) => sum + token.length, 0);
  let written = 0;
  const at = () => start + Math.round(((end - start) * written) / letters);
  return tokens.map((text) => {
    const from = at();
    written += text.length;
    return { text, start: from, end: at() };
  });
}

function endOfSound(pcm: Int16Array, start: number, limit: number): number {
  let end = Math.min(limit, pcm.length);
  while (end > start + 1 && Math.abs(pcm[end - 1] ?? 0) < QUIET) end -= 1;
  return end;
}

function withoutTail(pcm: Int16Array): Int16Array {
  return pcm.slice(0, endOfSound(pcm, 0, pcm.length));
}
