import { z } from "zod";
import { problems } from "./problem.ts";
import { check } from "./validate.ts";

/** The vendor's largest page. */
const MAX_PAGE = 250;
const DEFAULT_PAGE = 20;

const Paging = z.object({
  number: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});

/** What a list takes besides its page, in the vendor's spelling. */
export interface ListParameters {
  readonly emulated?: readonly string[];
  /** What the vendor takes and this stand-in does not do. */
  readonly unemulated?: readonly string[];
}

const PAGING: readonly string[] = ["page[number]", "page[size]", "page_number", "page_size"];

/** The parameters that compare an instant, such as `filter[created_at][gte]`. */
export function instantFilters(name: string, ...operators: ("eq" | "gt" | "gte" | "lt" | "lte")[]): string[] {
  return operators.map((operator) => `filter[${name}][${operator}]`);
}

/**
 * Looks at what a list is asked for. A filter that is not done would let everything pass: one that nobody knows is refused with 400,
 * one that only the vendor knows with 501. Throws `TelnyxProblem`.
 */
export function checkList(query: URLSearchParams, { emulated = [], unemulated = [] }: ListParameters): void {
  for (const name of query.keys()) {
    if (PAGING.includes(name) || emulated.includes(name)) continue;
    throw unemulated.includes(name) ? problems.notEmulated(`the parameter ${name}`) : problems.unknownParameter(name);
  }
}

/** One page of `items` with its `meta`. Takes `page[number]` and `page[size]`, which the SDK flattens to `page_number`, `page_size`. */
export function pageOf<T>(items: readonly T[], query: URLSearchParams): { data: T[]; meta: object } {
  const either = (name: string) => query.get(`page[${name}]`) ?? query.get(`page_${name}`) ?? undefined;
  const { number, size } = check({ number: either("number"), size: either("size") }, Paging);
  return {
    data: items.slice((number - 1) * size, number * size),
    meta: {
      page_number: number,
      page_size: size,
      total_pages: Math.max(1, Math.ceil(items.length / size)),
      total_results: items.length,
    },
  };
}

/** `filter[name]=…` and `filter[name][op]=…` as a map from `name` or `name.op` to the value. */
export function filtersOf(query: URLSearchParams): Map<string, string> {
  const filters = new Map<string, string>();
  for (const [key, value] of query) {
    const parts = /^filter\[([^\]]+)\](?:\[([^\]]+)\])?$/.exec(key);
    if (parts === null) continue;
    const [, name = "", operator] = parts;
    filters.set(operator === undefined ? name : `${name}.${operator}`, value);
  }
  return filters;
}

const COMPARE: Readonly<Record<string, (at: number, bound: number) => boolean>> = {
  gte: (at, bound) => at >= bound,
  gt: (at, bound) => at > bound,
  lte: (at, bound) => at <= bound,
  lt: (at, bound) => at < bound,
  eq: (at, bound) => at === bound,
};

/** What tells whether an instant passes `name.gte`, `name.lte`, … of the filters; it asks for the instant only where there are any. */
export function instantFilter(filters: ReadonlyMap<string, string>, name: string): (instant: () => string) => boolean {
  const bounds = Object.entries(COMPARE).flatMap(([operator, passes]) => {
    const bound = filters.get(`${name}.${operator}`);
    return bound === undefined ? [] : [{ passes, bound: Date.parse(bound) }];
  });
  if (bounds.length === 0) return () => true;
  return (instant) => {
    const at = Date.parse(instant());
    return bounds.every(({ passes, bound }) => passes(at, bound));
  };
}

/** Whether one instant passes them. */
export function withinInstant(filters: ReadonlyMap<string, string>, name: string, instant: string): boolean {
  return instantFilter(filters, name)(() => instant);
}
