import type { CallState, Direction, ListCallsQuery } from "@earwitness/shared";

/** The list's question, as its address holds it. `when` is a name, so that a kept address goes on meaning "today". */
export interface CallFilters {
  state: CallState | null;
  direction: Direction | null;
  /** E.164, either party's. */
  number: string | null;
  when: WhenFilter | null;
}

const WHEN_NAMES = ["today", "yesterday", "7d", "30d"] as const;
export type WhenName = (typeof WHEN_NAMES)[number];
/** A name, or two days (`YYYY-MM-DD`, both included). */
export type WhenFilter = { name: WhenName } | { first: string; last: string };

export const NO_FILTERS: CallFilters = { state: null, direction: null, number: null, when: null };

const STATES: readonly CallState[] = ["ringing", "live", "ended"];
const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the filters out of an address. What it does not understand, it leaves out. */
export function readFilters(search: URLSearchParams): CallFilters {
  const number = search.get("number");
  return {
    state: STATES.find((state) => state === search.get("state")) ?? null,
    direction: DIRECTIONS.find((direction) => direction === search.get("direction")) ?? null,
    number: number !== null && /^\+\d{3,15}$/.test(number) ? number : null,
    when: readWhen(search),
  };
}

function readWhen(search: URLSearchParams): WhenFilter | null {
  const name = WHEN_NAMES.find((each) => each === search.get("when"));
  if (name) return { name };
  const [first, last] = [search.get("first") ?? "", search.get("last") ?? ""];
  const days = [first, last].every((day) => DAY.test(day) && !Number.isNaN(Date.parse(day)));
  return days && first <= last ? { first, last } : null;
}

/** Writes the filters as the query of an address, without a question mark; empty when nothing is filtered. */
export function writeFilters({ state, direction, number, when }: CallFilters): string {
  const search = new URLSearchParams();
  if (state) search.set("state", state);
  if (direction) search.set("direction", direction);
  if (number) search.set("number", number);
  if (when && "name" in when) search.set("when", when.name);
  else if (when) {
    search.set("first", when.first);
    search.set("last", when.last);
  }
  return search.toString();
}

export function isFiltered(filters: CallFilters): boolean {
  return writeFilters(filters) !== "";
}

/** The filters as the API asks for them; days begin and end at midnight of the person's zone. */
export function toQuery({ state, direction, number, when }: CallFilters, now: Date): Partial<ListCallsQuery> {
  const span = when === null ? null : spanOf(when, now);
  return {
    ...(state && { state }),
    ...(direction && { direction }),
    ...(number && { number }),
    ...(span && { from: span.from.toISOString(), ...(span.until && { until: span.until.toISOString() }) }),
  };
}

function spanOf(when: WhenFilter, now: Date): { from: Date; until: Date | null } {
  if (!("name" in when)) return { from: midnight(when.first, 0), until: midnight(when.last, 1) };
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const daysAgo = (days: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - days);
  switch (when.name) {
    case "today":
      return { from: today, until: null };
    case "yesterday":
      return { from: daysAgo(1), until: today };
    case "7d":
      return { from: daysAgo(6), until: null };
    case "30d":
      return { from: daysAgo(29), until: null };
  }
}

/** Midnight at the start of `day` in the person's zone, `later` days on. Made from its parts: `new Date("…")` would read UTC. */
function midnight(day: string, later: number): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}
