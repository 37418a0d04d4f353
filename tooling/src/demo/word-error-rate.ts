/** How a heard text differs from what was said. */
export interface Alignment {
  substitutions: number;
  deletions: number;
  insertions: number;
  /** (substitutions + deletions + insertions) / words said; 0 when neither has a word, 1 when words were heard in silence. */
  wordErrorRate: number;
  /** Positions of said and heard words that belong together, in order; null where one side has none. */
  pairs: { said: number | null; heard: number | null }[];
}

/** A word as it is compared: without case and without punctuation around it. */
export function comparable(word: string): string {
  return word.toLowerCase().replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

/** Aligns two word lists with the fewest edits (Levenshtein over words), which is how speech recognition is scored. */
export function alignWords(said: readonly string[], heard: readonly string[]): Alignment {
  // cost[i][j]: the fewest edits that turn the first i said words into the first j heard ones.
  const cost = Array.from({ length: said.length + 1 }, (_, i) =>
    Array.from({ length: heard.length + 1 }, (_, j) => i + j),
  );
  const at = (i: number, j: number) => cost[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= said.length; i++) {
    for (let j = 1; j <= heard.length; j++) {
      const same = said[i - 1] === heard[j - 1] ? 0 : 1;
      const row = cost[i];
      if (row !== undefined) row[j] = Math.min(at(i - 1, j - 1) + same, at(i - 1, j) + 1, at(i, j - 1) + 1);
    }
  }

  const pairs: Alignment["pairs"] = [];
  let [substitutions, deletions, insertions] = [0, 0, 0];
  for (let [i, j] = [said.length, heard.length]; i > 0 || j > 0; ) {
    const same = said[i - 1] === heard[j - 1] ? 0 : 1;
    if (i > 0 && j > 0 && at(i, j) === at(i - 1, j - 1) + same) {
      substitutions += same;
      pairs.push({ said: --i, heard: --j });
    } else if (i > 0 && at(i, j) === at(i - 1, j) + 1) {
      deletions++;
      pairs.push({ said: --i, heard: null });
    } else {
      insertions++;
      pairs.push({ said: null, heard: --j });
    }
  }
  const edits = substitutions + deletions + insertions;
  const wordErrorRate = said.length === 0 ? Math.min(1, edits) : edits / said.length;
  return { substitutions, deletions, insertions, wordErrorRate, pairs: pairs.reverse() };
}
