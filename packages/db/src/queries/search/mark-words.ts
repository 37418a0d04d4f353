import type { SearchTerm } from "@earwitness/core";

/**
 * The indexes of the words that were found: those whose text is in `found`, and runs of words that are one of the phrases. Case,
 * accents and punctuation do not count.
 */
export function markWords(
  texts: readonly string[],
  found: ReadonlySet<string>,
  phrases: readonly SearchTerm[],
): Set<number> {
  const marked = new Set(texts.flatMap((text, index) => (found.has(text) ? [index] : [])));
  const spoken = texts.map(plain);
  for (const { text } of phrases) {
    const wanted = text.split(/\s+/u).map(plain).filter(Boolean);
    for (const start of spoken.keys()) {
      const fits = wanted.every((word, i) => spoken[start + i] === word);
      if (fits) for (const i of wanted.keys()) marked.add(start + i);
    }
  }
  return marked;
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
