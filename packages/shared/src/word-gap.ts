/** Languages that write no spaces between words, and the scripts that they write. */
const WITHOUT_SPACES = /^(?:ja|zh|th|lo|km|my)\b/iu;
const LETTER_WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LATIN = /\p{Script=Latin}/u;

/**
 * What stands between two words that follow each other in a text of `language` (a BCP 47 tag; null where it is not known, then
 * their letters tell): nothing in a language that writes without spaces, unless both are words of a foreign one in Latin letters.
 */
export function wordGap(language: string | null, before: string, after: string): "" | " " {
  const isWithoutSpaces =
    language === null
      ? LETTER_WITHOUT_SPACES.test(before) || LETTER_WITHOUT_SPACES.test(after)
      : WITHOUT_SPACES.test(language);
  return isWithoutSpaces && !(LATIN.test(before) && LATIN.test(after)) ? "" : " ";
}

/** The words of a text of `language`, as it is written. */
export function joinWords(words: readonly { readonly text: string }[], language: string | null): string {
  return words.reduce((text, { text: word }, i) => {
    const before = words[i - 1];
    return before === undefined ? word : `${text}${wordGap(language, before.text, word)}${word}`;
  }, "");
}
