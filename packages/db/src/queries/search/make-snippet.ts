import { wordGap } from "@earwitness/core";
import type { SearchHit } from "@earwitness/shared";

/** A line or two on a screen. */
const MAX_WORDS = 32;
/** So much of what was said before the first found word, to understand it by. */
const WORDS_BEFORE = 8;

/** The words around the first that is marked, and where in them the marked ones stand. */
export function makeSnippet(
  texts: readonly string[],
  marked: ReadonlySet<number>,
  language: string,
): SearchHit["snippet"] {
  const first = Math.min(...marked, texts.length);
  const isShort = texts.length <= MAX_WORDS || first === texts.length;
  const start = isShort ? 0 : Math.max(0, Math.min(first - WORDS_BEFORE, texts.length - MAX_WORDS));
  const end = Math.min(texts.length, start + MAX_WORDS);
  const highlights: { start: number; end: number }[] = [];
  let text = "";
  for (let index = start; index < end; index++) {
    if (index > start) text += wordGap(language, texts[index - 1] ?? "", texts[index] ?? "");
    if (marked.has(index)) highlights.push({ start: text.length, end: text.length + (texts[index]?.length ?? 0) });
    text += texts[index];
  }
  return { text, highlights, startsInside: start > 0, endsInside: end < texts.length };
}
