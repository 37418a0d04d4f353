import type { SearchHit } from "@earwitness/shared";

export interface SnippetPart {
  /** Where it begins in the snippet. */
  readonly start: number;
  readonly text: string;
  readonly isFound: boolean;
}

/** The snippet, cut where what was found begins and ends. */
export function snippetParts({ text, highlights }: Pick<SearchHit["snippet"], "text" | "highlights">): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = 0;
  const cut = (end: number, isFound: boolean) => {
    if (end > at) parts.push({ start: at, text: text.slice(at, end), isFound });
    at = Math.max(at, end);
  };
  for (const { start, end } of highlights) {
    cut(start, false);
    cut(end, true);
  }
  cut(text.length, false);
  return parts;
}
