import type { Direction } from "@earwitness/shared";
import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "./request.ts";
import { readWhen, type WhenFilter, whenQuery, writeWhen } from "./when-filter.ts";

/** What is looked for, and among what, as the address holds it. */
export interface SearchFilters {
  q: string;
  speaker: "caller" | "agent" | null;
  direction: Direction | null;
  /** E.164, either party's. */
  number: string | null;
  when: WhenFilter | null;
  /** A language without its region, as BCP 47 names it. */
  language: string | null;
}

/** Among everything. */
export const NO_SEARCH_FILTERS: Omit<SearchFilters, "q"> = {
  speaker: null,
  direction: null,
  number: null,
  when: null,
  language: null,
};

const SPEAKERS = ["caller", "agent"] as const;
const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];

/** Reads the search out of an address. What it does not understand, it leaves out. */
export function readSearch(search: URLSearchParams): SearchFilters {
  const fits = (name: string, form: RegExp) => {
    const value = search.get(name);
    return value !== null && form.test(value) ? value : null;
  };
  return {
    q: search.get("q") ?? "",
    speaker: SPEAKERS.find((speaker) => speaker === search.get("speaker")) ?? null,
    direction: DIRECTIONS.find((direction) => direction === search.get("direction")) ?? null,
    number: fits("number", /^\+\d{3,15}$/),
    when: readWhen(search),
    language: fits("language", /^[a-z]{2,3}$/),
  };
}

/** Writes the search as the query of an address, without a question mark. */
export function writeSearch({ q, when, ...named }: SearchFilters): string {
  const search = new URLSearchParams();
  if (q) search.set("q", q);
  for (const [name, value] of Object.entries(named)) if (value) search.set(name, value);
  writeWhen(when, search);
  return search.toString();
}

/** Tells whether anything but the words narrows the search. */
export function isNarrowed(filters: SearchFilters): boolean {
  return writeSearch({ ...filters, q: "" }) !== "";
}

/** Tells whether there is something to look for: signs alone, or words that are only to be left out, are none yet. */
export function asksSomething({ q }: SearchFilters): boolean {
  const parts = [...q.matchAll(/(-?)("[^"]*"?|[^\s"]+)/gu)];
  return parts.some(([, minus = "", words = ""]) => minus === "" && /[\p{L}\p{N}]/u.test(words));
}

/**
 * What was found, a page at a time. Each question has a key of its own, so that a late answer to an earlier one is never shown for
 * a later one; a question that nobody waits for any more is broken off.
 */
export function searchQuery(filters: SearchFilters) {
  return infiniteQueryOptions({
    queryKey: ["search", writeSearch(filters)],
    queryFn: ({ pageParam, signal }) => {
      const { when, ...named } = filters;
      const search = new URLSearchParams(when ? whenQuery(when, new Date()) : {});
      for (const [name, value] of Object.entries(named)) if (value) search.set(name, value);
      if (pageParam) search.set("cursor", pageParam);
      return request({ path: `/search?${search}`, signal, returns: (contract) => contract.SearchAnswer });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    enabled: asksSomething(filters),
  });
}
