import canonicalize from "canonicalize";
import type { CallState, StateRow } from "./call-state.ts";
import { SOURCES, type StatePart } from "./sources.ts";

/** One place in which two states of a call differ. */
export interface Difference {
  readonly part: StatePart;
  /** Which row of the part. */
  readonly key: string;
  /** null where one of the two has no such row. */
  readonly column: string | null;
  /** As JSON; undefined where there is no such row. */
  readonly recorded: unknown;
  readonly rebuilt: unknown;
}

/** Where the record of a call and what its log leads to differ, part by part; empty where they do not. */
export function compareStates(recorded: CallState, rebuilt: CallState): Difference[] {
  return PARTS.flatMap((part) => compareRows(part, recorded[part], rebuilt[part]));
}

const isPart = (name: string): name is StatePart => name in SOURCES;
const PARTS: readonly StatePart[] = Object.keys(SOURCES).filter(isPart);

function compareRows(part: StatePart, recorded: readonly StateRow[], rebuilt: readonly StateRow[]): Difference[] {
  const there = new Map(rebuilt.map((row) => [row.key, row.columns]));
  const here = new Set(recorded.map(({ key }) => key));
  const surplus = rebuilt
    .filter(({ key }) => !here.has(key))
    .map(({ key, columns }) => ({ part, key, column: null, recorded: undefined, rebuilt: columns }));
  const differing = recorded.flatMap(({ key, columns }): Difference[] => {
    const other = there.get(key);
    if (other === undefined) return [{ part, key, column: null, recorded: columns, rebuilt: undefined }];
    return Object.keys(columns)
      .filter((column) => canonicalize(columns[column]) !== canonicalize(other[column]))
      .map((column) => ({ part, key, column, recorded: columns[column], rebuilt: other[column] }));
  });
  return [...differing, ...surplus];
}
