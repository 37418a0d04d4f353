/** Languages that write no spaces between words. */
const WITHOUT_SPACES = /^(?:ja|zh|th|lo|km|my)\b/u;
const LATIN = /\p{Script=Latin}/u;

/**
 * What stands between two words that follow each other in a transcript of `language` (a BCP 47 tag, null where it is not known):
 * nothing in a language that writes without spaces, unless both are words of a foreign one in Latin letters.
 */
export function wordGap(language: string | null, before: string, after: string): "" | " " {
  return WITHOUT_SPACES.test(language ?? "") && !(LATIN.test(before) && LATIN.test(after)) ? "" : " ";
}
