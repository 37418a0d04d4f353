"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { readSearch, type SearchFilters, writeSearch } from "../../api/search.ts";

/** A pause in typing after which it is asked: shorter than it takes to look up, longer than between two keys. */
const PAUSE_MS = 180;

export interface TypedSearch {
  /** What is asked, as the address holds it. */
  filters: SearchFilters;
  /** What stands in the field, ahead of what is asked while somebody types. */
  typed: string;
  type(text: string): void;
  /** Asks at once for what was typed. */
  ask(): void;
  change(changes: Partial<SearchFilters>): void;
}

/**
 * The search, as it is typed. It lives in the address: it can be kept, sent to somebody, and gone back to. Typing changes the address in
 * its place, so that going back leads to the search before and not to each letter of this one.
 */
export function useSearch(): TypedSearch {
  const search = useSearchParams();
  const filters = useMemo(() => readSearch(new URLSearchParams(search)), [search]);
  const [typed, setTyped] = useState(filters.q);
  const written = useRef(filters.q);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Somebody went back or on: the field follows, unless it was the field itself that the address follows.
  useEffect(() => {
    if (filters.q === written.current) return;
    clearTimeout(pause.current);
    written.current = filters.q;
    setTyped(filters.q);
  }, [filters.q]);
  useEffect(() => () => clearTimeout(pause.current), []);

  function write(next: SearchFilters, how: "pushState" | "replaceState") {
    clearTimeout(pause.current);
    written.current = next.q;
    const query = writeSearch(next);
    if (query === writeSearch(readSearch(new URLSearchParams(window.location.search)))) return;
    // The browser's own history: Next hears of it, and fetches nothing for a page that is here already.
    window.history[how](null, "", query === "" ? window.location.pathname : `?${query}`);
  }
  const inAddress = () => readSearch(new URLSearchParams(window.location.search));
  return {
    filters,
    typed,
    type(text) {
      setTyped(text);
      clearTimeout(pause.current);
      pause.current = setTimeout(() => write({ ...inAddress(), q: text.trim() }, "replaceState"), PAUSE_MS);
    },
    ask: () => write({ ...inAddress(), q: typed.trim() }, "replaceState"),
    change: (changes) => write({ ...inAddress(), q: typed.trim(), ...changes }, "pushState"),
  };
}
