import type { WordPart } from "@earwitness/core";
import { type SearchHit, wordGap } from "@earwitness/shared";

/** A line or two on a screen. */
const MAX_WORDS = 32;
/** So much of what was said before the first found word, to understand it by. */
const WORDS_BEFORE = 8;

/** The words around the first that is marked, and where in them stands what is marked: `marked` has it by the index of the word. */
export function makeSnippet(
  texts: readonly string[],
  marked: ReadonlyMap<number, readonly WordPart[]>,
  language: string,
): SearchHit["snippet"] {
  const first = Math.min(...marked.keys(), texts.length);
  const isShort = texts.length <= MAX_WORDS || first === texts.length;
  const start = isShort ? 0 : Math.max(0, Math.min(first - WORDS_BEFORE, texts.length - MAX_WORDS));
  const end = Math.min(texts.length, start + MAX_WORDS);
  const highlights: { start: number; end: number }[] = [];
  let text = "";
  for (let index = start; index < end; index++) {
    if (index > start) text += wordGap(language, texts[index - 1] ?? "", texts[index] ?? "");
    for (const part of marked.get(index) ?? []) {
      const [from, to] = [text.length + part.start, text.length + part.end];
      const last = highlights.at(-1);
      if (last?.end === from) last.end = to;
      else highlights.push({ start: from, end: to });
    }
    text += texts[index];
  }
  return { text, highlights, startsInside: start > 0, endsInside: end < texts.length };
}
