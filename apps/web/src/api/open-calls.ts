import type { CallList } from "@earwitness/shared";
import { type CallFilters, NO_FILTERS } from "./call-filters.ts";

/** The calls that are on the line now, as the list is asked for them. */
export const RINGING_CALLS: CallFilters = { ...NO_FILTERS, state: "ringing" };
export const LIVE_CALLS: CallFilters = { ...NO_FILTERS, state: "live" };

/** How many are open, `50+` where not all were loaded; null for none. */
export function openCallCount(...lists: readonly (readonly CallList[] | undefined)[]): string | null {
  const pages = lists.flatMap((list) => list ?? []);
  const count = pages.reduce((sum, { calls }) => sum + calls.length, 0);
  if (count === 0) return null;
  const hasMore = lists.some((list) => (list?.at(-1)?.page.nextCursor ?? null) !== null);
  return hasMore ? `${count}+` : String(count);
}
