import type { CallList, CallSummary } from "@earwitness/shared";

/**
 * Puts a freshly read first page over the pages that are already there, so that news costs one request however far down
 * somebody has scrolled. Known calls are replaced where they stand, new ones come to the top, and a call that the fresh page
 * should hold but does not (it no longer fits the filter) goes. Calls older than the fresh page are left alone.
 */
export function mergeNewest(pages: readonly CallList[], newest: CallList): CallList[] {
  const first = pages[0];
  if (!first || newest.page.nextCursor === null) return [newest];
  const fresh = new Map(newest.calls.map((call) => [call.id, call]));
  const oldestFresh = newest.calls.at(-1);
  const known = new Set(pages.flatMap((page) => page.calls.map((call) => call.id)));
  // With no known call among the fresh ones, there may be a hole between the two: begin anew from the fresh page.
  if (!newest.calls.some((call) => known.has(call.id))) return [newest];
  const keep = (call: CallSummary) => oldestFresh === undefined || fresh.has(call.id) || isOlder(call, oldestFresh);
  const merged = pages.map((page) => ({
    ...page,
    calls: page.calls.filter(keep).map((call) => fresh.get(call.id) ?? call),
  }));
  const arrived = newest.calls.filter((call) => !known.has(call.id));
  return merged.map((page, index) =>
    index === 0 ? { ...page, calls: sortNewest([...arrived, ...page.calls]) } : page,
  );
}

/** Replaces one call wherever it stands in the pages; other calls keep their identity, so that their rows are not drawn again. */
export function replaceCall(pages: readonly CallList[], call: CallSummary): CallList[] {
  return pages.map((page) =>
    page.calls.some(({ id }) => id === call.id)
      ? { ...page, calls: page.calls.map((each) => (each.id === call.id ? call : each)) }
      : page,
  );
}

/** Takes one call out of the pages, wherever it stands. */
export function removeCall(pages: readonly CallList[], id: string): CallList[] {
  return pages.map((page) =>
    page.calls.some((call) => call.id === id) ? { ...page, calls: page.calls.filter((call) => call.id !== id) } : page,
  );
}

function isOlder(a: CallSummary, b: CallSummary): boolean {
  const [atA, atB] = [Date.parse(a.startedAt), Date.parse(b.startedAt)];
  return atA === atB ? a.id < b.id : atA < atB;
}

function sortNewest(calls: CallSummary[]): CallSummary[] {
  return calls.sort((a, b) => (isOlder(a, b) ? 1 : -1));
}
