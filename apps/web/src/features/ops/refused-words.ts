import { counted } from "../../format/size.ts";

/** What stays of what was to be tried again, and why: `2 jobs cannot be run again: …`; null where nothing does. */
export function refusedWords(
  what: string,
  done: string,
  refused: readonly { readonly reason: string }[] = [],
): string | null {
  const [first, ...others] = refused;
  if (first === undefined) return null;
  return `${counted(1 + others.length, what)} cannot be ${done}: ${first.reason}`;
}
