import { partWords, type SearchTerm, type WordPart } from "@earwitness/core";

/**
 * What in the words answers to one of the terms, by the index of the word and in its order: as it was said (words one after another for a
 * phrase, the beginning of a word for a prefix), or because it is in `forms`, the other forms of what was asked. Of a word of a script that
 * puts no spaces between words, it may be some letters. Case, accents and punctuation do not count.
 */
export function markWords(
  texts: readonly string[],
  forms: ReadonlySet<string>,
  terms: readonly SearchTerm[],
): Map<number, WordPart[]> {
  const spoken = texts.flatMap((text, index) =>
    partWords(text).map((part) => ({ ...part, index, plain: plain(part.text) })),
  );
  const marked = new Set(spoken.filter(({ text }) => forms.has(text)));
  for (const { kind, text } of terms) {
    const wanted = partWords(text).map((part) => plain(part.text));
    const fits = (word: string, said: string | undefined) =>
      kind === "prefix" ? said?.startsWith(word) === true : said === word;
    for (const start of spoken.keys()) {
      if (wanted.every((word, i) => fits(word, spoken[start + i]?.plain)))
        for (const part of spoken.slice(start, start + wanted.length)) marked.add(part);
    }
  }
  return Map.groupBy(
    spoken.filter((part) => marked.has(part)),
    ({ index }) => index,
  );
}

/** As the database's `plain_words` has it, without punctuation. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u065f]|[^\p{L}\p{M}\p{N}]/gu, "")
    .toLowerCase();
}
