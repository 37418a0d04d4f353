import { z } from "zod";
import { check } from "./validate.ts";

/** The vendor's largest page. */
const MAX_PAGE = 250;
const DEFAULT_PAGE = 20;

const Paging = z.object({
  number: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});

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

/** Whether an instant passes `name.gte`, `name.lte`, … of the filters. */
export function withinInstant(filters: ReadonlyMap<string, string>, name: string, instant: string): boolean {
  const at = Date.parse(instant);
  const compare: Readonly<Record<string, (bound: number) => boolean>> = {
    gte: (bound) => at >= bound,
    gt: (bound) => at > bound,
    lte: (bound) => at <= bound,
    lt: (bound) => at < bound,
    eq: (bound) => at === bound,
  };
  return Object.entries(compare).every(([operator, passes]) => {
    const bound = filters.get(`${name}.${operator}`);
    return bound === undefined || passes(Date.parse(bound));
  });
}
