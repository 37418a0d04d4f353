import { EarwitnessError } from "@earwitness/shared";
import { partWords } from "./part-words.ts";

/** One part of a question: a word in any of its forms, words one after another as they were said, or how a word begins. */
export interface SearchTerm {
  readonly kind: "word" | "phrase" | "prefix";
  readonly text: string;
  /** Lines that have it are left out. */
  readonly isExcluded: boolean;
}

/** Each costs a look into the index of words. */
const MAX_TERMS = 16;
/** Shorter beginnings fit a good part of all words. */
const MIN_PREFIX_CHARACTERS = 2;

/** A phrase in quotation marks, the last one possibly still open, or what stands between spaces; either after a minus sign. */
const PART = /(?<minus>-?)(?:"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))/gu;
const QUOTATION_MARKS = /[“”„‟«»″]/gu;
const MINUS_SIGNS = /(?<=^|\s)[‐‑–−](?=\S)/gu;
const CONTROLS = /\p{Cc}/gu;
const LETTERS = /[\p{L}\p{N}]/gu;

/**
 * Reads a question as people type it: words, "phrases", prefix*, -not. A word of several letters of a script that puts no spaces between
 * words is a phrase of them. Whatever else is in it counts for nothing, so that there is no question that cannot be read. Throws
 * `invalid_request` where nothing is left to look for, or more than can be looked for at once.
 */
export function parseSearch(question: string): SearchTerm[] {
  const plain = question.replace(CONTROLS, " ").replace(QUOTATION_MARKS, '"').replace(MINUS_SIGNS, "-");
  const terms = [...plain.matchAll(PART)].flatMap(({ groups }) => termOf(groups ?? {}));
  if (!terms.some(({ isExcluded }) => !isExcluded)) {
    throw refused("There is no word to look for.", "must have a word to look for, beside those that are left out");
  }
  if (terms.length > MAX_TERMS) {
    throw refused("These are more words than can be looked for at once.", `must have at most ${MAX_TERMS} words`);
  }
  return terms;
}

function termOf({ minus, phrase, word }: Record<string, string | undefined>): SearchTerm[] {
  const isExcluded = minus === "-";
  const text = phrase ?? withoutStars(word ?? "");
  const parts = partWords(text);
  const last = parts.at(-1);
  if (last === undefined) return [];
  if (phrase !== undefined) return [{ kind: "phrase", text: phrase.trim(), isExcluded }];
  const isPrefix = word !== text && (last.text.match(LETTERS)?.length ?? 0) >= MIN_PREFIX_CHARACTERS;
  return [{ kind: isPrefix ? "prefix" : parts.length > 1 ? "phrase" : "word", text, isExcluded }];
}

function refused(message: string, detail: string): EarwitnessError {
  return new EarwitnessError("invalid_request", message, { fields: [{ pointer: "query/q", detail }] });
}

/** A word without the stars at its end, in time that grows with its length alone. */
function withoutStars(word: string): string {
  let end = word.length;
  while (word[end - 1] === "*") end -= 1;
  return word.slice(0, end);
}
