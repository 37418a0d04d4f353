/** How a heard text differs from what was said. */
export interface Alignment {
  substitutions: number;
  deletions: number;
  insertions: number;
  /** (substitutions + deletions + insertions) / words said; 0 when neither has a word, 1 when words were heard in silence. */
  wordErrorRate: number;
  /** Said and heard words side by side; null where one side has none. */
  pairs: { said: string | null; heard: string | null }[];
}

/** The words of a text as they are compared: without case and punctuation, apostrophes and hyphens inside a word kept. */
export function comparableWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
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
      pairs.push({ said: said[--i] ?? null, heard: heard[--j] ?? null });
    } else if (i > 0 && at(i, j) === at(i - 1, j) + 1) {
      deletions++;
      pairs.push({ said: said[--i] ?? null, heard: null });
    } else {
      insertions++;
      pairs.push({ said: null, heard: heard[--j] ?? null });
    }
  }
  const edits = substitutions + deletions + insertions;
  const wordErrorRate = said.length === 0 ? Math.min(1, edits) : edits / said.length;
  return { substitutions, deletions, insertions, wordErrorRate, pairs: pairs.reverse() };
}
