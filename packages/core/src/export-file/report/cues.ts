import { type TranscriptView, type UtteranceView, type WordView, wordGap } from "@earwitness/shared";
import { graphemesOf } from "../graphemes.ts";

/** What is shown at a time under a film, or beside a player. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
  readonly utterance: UtteranceView;
}

/** As broadcasters have it: two lines of 42 letters can be read while they stand. */
const LINE_LETTERS = 42;
const LINES = 2;

/**
 * The utterances in the order of their times, each in as many cues as it needs. A cue begins with its first word and ends with
 * its last, so that what is read is what is heard.
 */
export function cuesOf({ utterances, language }: Pick<TranscriptView, "utterances" | "language">): Cue[] {
  return utterances
    .flatMap((utterance) =>
      piecesOf(utterance, language).map((words): Cue => {
        const startMs = words[0]?.startMs ?? utterance.startMs;
        const endMs = Math.max(startMs + 1, words.at(-1)?.endMs ?? utterance.endMs);
        return { startMs, endMs, lines: linesOf(words, language), utterance };
      }),
    )
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

/** The words of an utterance, so many together as fit into a cue. */
function piecesOf(utterance: UtteranceView, language: string | null): WordView[][] {
  const { text, startMs, endMs, confidence } = utterance;
  const words = utterance.words.length > 0 ? utterance.words : [{ text, startMs, endMs, confidence }];
  const pieces: WordView[][] = [];
  for (const word of words) {
    const last = pieces.at(-1);
    if (last !== undefined && linesOf([...last, word], language).length <= LINES) last.push(word);
    else pieces.push([word]);
  }
  return pieces;
}

function linesOf(words: readonly WordView[], language: string | null): string[] {
  const lines: string[] = [];
  let before = "";
  for (const { text } of words) {
    const word = text.replaceAll(/\s+/gu, " ").trim();
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last}${wordGap(language, before, word)}${word}`;
    if (last !== undefined && graphemesOf(longer).length <= LINE_LETTERS) lines[lines.length - 1] = longer;
    else lines.push(word);
    before = word;
  }
  return lines;
}
