import type { CallState, Direction, ListCallsQuery } from "@earwitness/shared";
import { readWhen, type WhenFilter, whenQuery, writeWhen } from "./when-filter.ts";

/** The list's question, as its address holds it. `when` is a name, so that a kept address goes on meaning "today". */
export interface CallFilters {
  state: CallState | null;
  direction: Direction | null;
  /** E.164, either party's. */
  number: string | null;
  when: WhenFilter | null;
}

export const NO_FILTERS: CallFilters = { state: null, direction: null, number: null, when: null };

const STATES: readonly CallState[] = ["ringing", "live", "ended"];
const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];

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

/** Writes the filters as the query of an address, without a question mark; empty when nothing is filtered. */
export function writeFilters({ state, direction, number, when }: CallFilters): string {
  const search = new URLSearchParams();
  if (state) search.set("state", state);
  if (direction) search.set("direction", direction);
  if (number) search.set("number", number);
  writeWhen(when, search);
  return search.toString();
}

export function isFiltered(filters: CallFilters): boolean {
  return writeFilters(filters) !== "";
}

/** The filters as the API asks for them; days begin and end at midnight of the person's zone. */
export function toQuery({ state, direction, number, when }: CallFilters, now: Date): Partial<ListCallsQuery> {
  return {
    ...(state && { state }),
    ...(direction && { direction }),
    ...(number && { number }),
    ...(when && whenQuery(when, now)),
  };
}
