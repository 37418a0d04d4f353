import bidiFactory from "bidi-js";

const bidi = bidiFactory();

/** A stretch of a line whose letters go one way. */
export interface VisualRun {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

/** One way for a whole paragraph: that of its first letter that has one. */
export function isRightToLeft(text: string): boolean {
  return (bidi.getEmbeddingLevels(text).paragraphs[0]?.level ?? 0) % 2 === 1;
}

/** A letter as it is drawn where the text goes leftwards: brackets are turned. */
export function mirrored(letter: string): string {
  return bidi.getMirroredCharacter(letter) ?? letter;
}

/**
 * A line's stretches as they stand on the page from left to right, each still in the order in which it is read (Unicode
 * bidirectional algorithm, UAX 9).
 */
export function visualRuns(line: string, baseDirection: "ltr" | "rtl"): VisualRun[] {
  const { levels } = bidi.getEmbeddingLevels(line, baseDirection);
  const runs: (VisualRun & { readonly level: number })[] = [];
  for (let start = 0; start < line.length; ) {
    const level = levels[start] ?? 0;
    let end = start + 1;
    while (end < line.length && levels[end] === level) end++;
    runs.push({ text: line.slice(start, end), isRightToLeft: level % 2 === 1, level });
    start = end;
  }
  return inVisualOrder(runs);
}

/** Rule L2: from the highest level down to the lowest odd one, what is at that level or above is turned round. */
function inVisualOrder<R extends { readonly level: number }>(runs: readonly R[]): R[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      if (end - start > 1) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = Math.max(start, end);
    }
  }
  return ordered;
}
