const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** What a reader takes for one letter each: with its marks, a family of emoji as one. */
export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
