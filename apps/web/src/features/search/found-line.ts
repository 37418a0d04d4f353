import type { FoundCall, SearchHit } from "@earwitness/shared";

/** A line of a call, as the cursor goes from one to the next. */
export interface FoundLine {
  readonly found: FoundCall;
  readonly hit: SearchHit;
}

/** A line of which the beginning would be too long to listen through up to the word. */
const LEAD_MS = 1_500;

/** From where a line is heard so that the found word comes soon, and is understood. */
export function listenFromMs({ startMs, words }: Pick<SearchHit, "startMs" | "words">): number {
  return Math.max(startMs, (words[0]?.startMs ?? startMs) - LEAD_MS);
}

/** All lines that are shown, in their order on the screen. */
export function linesOf(found: readonly FoundCall[]): FoundLine[] {
  return found.flatMap((each) => each.hits.map((hit) => ({ found: each, hit })));
}

/** The call's own page, at the line. */
export function addressOf({ call }: FoundCall, hit: SearchHit | undefined): string {
  return `/calls/${call.id}${hit === undefined ? "" : `?at=${listenFromMs(hit)}`}`;
}
