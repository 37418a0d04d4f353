import type { CallSummary } from "@earwitness/shared";

/** The order of a list as somebody's hand is on it: which calls, in which places, and which of them stood among the live. */
export interface HeldOrder {
  ids: readonly string[];
  live: ReadonlySet<string>;
}

export function orderOf(calls: readonly CallSummary[]): HeldOrder {
  return {
    ids: calls.map(({ id }) => id),
    live: new Set(calls.filter(({ state }) => state !== "ended").map(({ id }) => id)),
  };
}

/**
 * Keeps a list from moving under the hand: calls stay in their places, with what is new about them; older ones, loaded on the
 * way down, are added at the end; newer ones wait. A call that left the list leaves it here too.
 */
export function holdSteady(held: HeldOrder, calls: readonly CallSummary[]): { calls: CallSummary[]; waiting: number } {
  const now = new Map(calls.map((call) => [call.id as string, call]));
  const kept = held.ids.flatMap((id) => now.get(id) ?? []);
  const known = new Set(held.ids);
  const lastKept = kept.at(-1);
  const after = lastKept === undefined ? 0 : calls.indexOf(lastKept) + 1;
  const older = calls.slice(after).filter(({ id }) => !known.has(id));
  return { calls: [...kept, ...older], waiting: calls.length - kept.length - older.length };
}
