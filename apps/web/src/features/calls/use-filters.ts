"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type CallFilters, readFilters, writeFilters } from "../../api/call-filters.ts";

/** The filters of the list. They live in the address: it can be kept, sent to somebody, and gone back to. */
export function useFilters(): [CallFilters, (change: Partial<CallFilters>) => void] {
  const search = useSearchParams();
  const filters = useMemo(() => readFilters(new URLSearchParams(search)), [search]);
  const change = useCallback(
    (changes: Partial<CallFilters>) => {
      const query = writeFilters({ ...filters, ...changes });
      // The browser's own history: Next hears of it, and fetches nothing for a page that is here already.
      window.history.pushState(null, "", query === "" ? window.location.pathname : `?${query}`);
    },
    [filters],
  );
  return [filters, change];
}
