"use client";
import type { CallSummary } from "@earwitness/shared";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { CallFilters } from "../../api/call-filters.ts";
import { callsQuery } from "../../api/queries.ts";

/** Further than this a day is not counted; the screen says so. */
const MOST_PAGES = 20;

/** All calls that fit, read page by page; `isWhole` tells whether these are all. News keeps them current as it does any list. */
export function useAllPages(filters: CallFilters) {
  const list = useInfiniteQuery(callsQuery(filters));
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = list;
  const pages = data?.pages.length ?? 0;
  const readsOn = hasNextPage && !isFetching && !isError && pages < MOST_PAGES;
  useEffect(() => {
    if (readsOn) void fetchNextPage();
  }, [readsOn, fetchNextPage]);
  const calls = useMemo((): CallSummary[] => data?.pages.flatMap((page) => page.calls) ?? [], [data]);
  return { calls, isWhole: data !== undefined && !hasNextPage, isLoaded: data !== undefined, list };
}
