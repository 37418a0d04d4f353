/** Letters, and the marks on them, of Thai, Lao, Burmese, Khmer, Chinese and Japanese; `parted_words` in the database has the same. */
const LETTER =
  "[\\u0e01-\\u0e30\\u0e32\\u0e33\\u0e40-\\u0e46\\u0e81-\\u0eb0\\u0eb2\\u0eb3\\u0ebd\\u0ec0-\\u0ec6\\u0edc-\\u0edf\\u1000-\\u102a\\u103f\\u1050-\\u1055" +
  "\\u1780-\\u17b3\\u17d7\\u17dc\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}]";
const MARKS =
  "[\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1\\u0eb4-\\u0ebc\\u0ec8-\\u0ece\\u102b-\\u103e\\u1056-\\u1059\\u17b4-\\u17d3\\u17dd\\u3099\\u309a]*";
const PART = new RegExp(`${LETTER}${MARKS}|(?:(?!${LETTER})\\S)+`, "gu");
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** A part of a text, and where in it that stands, in UTF-16 units. */
export interface WordPart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a text, as they are searched: what stands between spaces, and each letter, with its marks, of the scripts that put no spaces
 * between words. What has neither letter nor digit is none.
 */
export function partWords(text: string): WordPart[] {
  return [...text.matchAll(PART)]
    .filter(([part]) => LETTER_OR_DIGIT.test(part))
    .map(({ 0: part, index }) => ({ text: part, start: index, end: index + part.length }));
}
