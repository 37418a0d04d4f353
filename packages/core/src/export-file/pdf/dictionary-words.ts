/** Scripts that put no spaces between words: UAX 14 leaves it to a dictionary where a line of theirs may end. */
const OF_A_DICTIONARY = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ENDS_SO = new RegExp(`${OF_A_DICTIONARY.source}$`, "u");
const BEGINS_SO = new RegExp(`^${OF_A_DICTIONARY.source}`, "u");
const words = new Intl.Segmenter("und", { granularity: "word" });

/**
 * What stands between two places at which UAX 14 lets a line end, parted where it says nothing: between words of Thai, Lao, Khmer
 * and Burmese. Brackets, quotes and numbers stay with what they stand at.
 */
export function dictionaryWords(piece: string): string[] {
  if (!OF_A_DICTIONARY.test(piece)) return [piece];
  const parts = [""];
  for (const { segment } of words.segment(piece)) {
    const last = parts.pop() ?? "";
    if (ENDS_SO.test(last) && BEGINS_SO.test(segment)) parts.push(last, segment);
    else parts.push(last + segment);
  }
  return parts;
}
