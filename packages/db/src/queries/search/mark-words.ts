import type { SearchTerm } from "@earwitness/core";

/**
 * The indexes of the words that answer to one of the terms: as they were said (words one after another for a phrase, the beginning of a
 * word for a prefix), or because their text is in `forms`, the other forms of what was asked. Case, accents and punctuation do not count.
 */
export function markWords(
  texts: readonly string[],
  forms: ReadonlySet<string>,
  terms: readonly SearchTerm[],
): Set<number> {
  const marked = new Set(texts.flatMap((text, index) => (forms.has(text) ? [index] : [])));
  const spoken = texts.map(plain);
  for (const { kind, text } of terms) {
    const wanted = text.split(/\s+/u).map(plain).filter(Boolean);
    const fits = (word: string, said: string | undefined) =>
      kind === "prefix" ? said?.startsWith(word) === true : said === word;
    for (const start of spoken.keys()) {
      if (wanted.every((word, i) => fits(word, spoken[start + i])))
        for (const i of wanted.keys()) marked.add(start + i);
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
