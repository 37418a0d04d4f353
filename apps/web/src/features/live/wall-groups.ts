import type { CallSummary } from "@earwitness/shared";

/** More open calls than this are shown folded to a line each; ringing ones never fold. */
export const MOST_UNFOLDED = 12;

export interface WallOrder {
  ringing: readonly string[];
  inProgress: readonly string[];
}

export interface WallGroups {
  ringing: CallSummary[];
  inProgress: CallSummary[];
  /** Calls that have come since a hand was laid on the wall. */
  waiting: number;
  isFolded: boolean;
}

/**
 * The open calls of the wall, newest first in each group, each once. While a hand is on the wall (`held`), calls stay in
 * their group and place, whatever became of them meanwhile, and new ones wait; one that is over goes at once.
 */
export function wallGroups(open: readonly CallSummary[], held: WallOrder | null): WallGroups {
  // A call that was just answered may stand in both lists until the other is read again: the further one counts.
  const now = new Map<string, CallSummary>();
  for (const call of open) {
    if (call.state !== "ended" && now.get(call.id)?.state !== "live") now.set(call.id, call);
  }
  const calls = [...now.values()].toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const inState = (state: CallSummary["state"]) => calls.filter((call) => call.state === state);
  const inPlace = (ids: readonly string[]) => ids.flatMap((id) => now.get(id) ?? []);
  const groups = held
    ? { ringing: inPlace(held.ringing), inProgress: inPlace(held.inProgress) }
    : { ringing: inState("ringing"), inProgress: inState("live") };
  const shown = groups.ringing.length + groups.inProgress.length;
  return { ...groups, waiting: calls.length - shown, isFolded: groups.inProgress.length > MOST_UNFOLDED };
}

export function orderOfWall({ ringing, inProgress }: WallGroups): WallOrder {
  return { ringing: ringing.map(({ id }) => id), inProgress: inProgress.map(({ id }) => id) };
}
