import type { HeardWord } from "../../../speech/recogniser.ts";
import { type Style, written } from "../../written.ts";
import { type Moment, SAMPLES_PER_MS } from "../ear.ts";
import type { SpeechFrame, TurnFrame, WireWord } from "../frames.ts";

/** How a session's turns are made; `UpdateConfiguration` changes it while it lasts. */
export interface TurnRules {
  readonly minTurnSilenceMs: number;
  readonly maxTurnSilenceMs: number;
  readonly formatTurns: boolean;
  readonly endOfTurnThreshold: number;
  readonly includePartials: boolean;
  readonly continuousPartials: boolean;
  readonly interruptionDelayMs: number;
  readonly detectLanguage: boolean;
}

/** Makes turns of what is heard, in the manner of one family of models. */
export interface TurnMaker {
  rules: TurnRules;
  take(moment: Moment): SpeechFrame[];
  /** Ends the turn that is open, if any: `ForceEndpoint` and `Terminate`. */
  end(): SpeechFrame[];
}

export const FORMATTED: Style = {};
export const UNFORMATTED: Style = { punctuate: false, format_text: false };

/** The words as they are sent; one that is nothing without its punctuation is left out. */
export function wireWords(words: readonly HeardWord[], style: Style, isFinal: (index: number) => boolean): WireWord[] {
  return words.flatMap((word, index) => {
    const text = written(word, style);
    if (text === "") return [];
    const [start, end] = [toMs(word.start), toMs(word.end)];
    return [{ text, start, end, confidence: word.confidence, word_is_final: isFinal(index) }];
  });
}

/** Words as one text. */
export function textOf(words: readonly { readonly text: string }[]): string {
  return words.map(({ text }) => text).join(" ");
}

/** Whether a word closes a sentence: what a turn's end is told by. */
export function endsSentence(word: HeardWord | undefined): boolean {
  return word !== undefined && /[.?!…]["»”)]*$/.test(word.text);
}

/** The fields of `language_detection`: the language in which most of the words were spoken. None for unknown sound. */
export function languageOf(words: readonly HeardWord[]): Pick<TurnFrame, "language_code" | "language_confidence"> {
  const known = words.flatMap(({ language }) => language ?? []);
  const counts = new Map<string, number>();
  for (const language of known) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return {};
  return { language_code: best[0], language_confidence: Math.round((990 * best[1]) / known.length) / 1000 };
}

/** A position in the session's sound as the vendor tells it, in ms. */
export function toMs(sample: number): number {
  return Math.round(sample / SAMPLES_PER_MS);
}
