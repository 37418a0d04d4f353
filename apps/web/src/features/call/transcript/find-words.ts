import type { Turn } from "./turns.ts";

/** Shorter questions would light half of the page. */
const SHORTEST = 2;

/**
 * Finds a phrase in the words of a call: whole words one after another within a turn, the last one from its beginning, so
 * that hits show while it is typed. Case, accents and punctuation do not count. Each hit is the indexes of its words.
 */
export function findWords(turns: readonly Turn[], phrase: string): number[][] {
  const wanted = phrase.split(/\s+/u).map(plain).filter(Boolean);
  const last = wanted.at(-1);
  if (last === undefined || wanted.join("").length < SHORTEST) return [];
  return turns.flatMap(({ words }) => {
    const texts = words.map(({ text }) => plain(text));
    return texts.flatMap((_, at) => {
      const fits = wanted.every((part, i) => {
        const text = texts[at + i];
        return i === wanted.length - 1 ? text?.startsWith(part) : text === part;
      });
      return fits ? [words.slice(at, at + wanted.length).map(({ index }) => index)] : [];
    });
  });
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
