"use client";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, useEffect } from "react";
import { asksSomething, readSearch, searchQuery } from "../../api/search.ts";
import { InBrowser } from "../../ui/in-browser.tsx";
import { SearchSkeleton } from "./search-skeleton.tsx";

// The frame stands with the first load; the screen's code is fetched beside what it shows.
const loadScreen = () => import("./search-screen.tsx");
const SearchScreen = lazy(loadScreen);
if (typeof window !== "undefined") void loadScreen();

/** Begins to look for what the address asks, and shows it once both it and the screen are there. */
export function SearchEntry() {
  const client = useQueryClient();
  useEffect(() => {
    const filters = readSearch(new URLSearchParams(window.location.search));
    if (asksSomething(filters)) void client.prefetchInfiniteQuery(searchQuery(filters));
  }, [client]);
  return (
    <InBrowser frame={<SearchSkeleton />}>
      <SearchScreen />
    </InBrowser>
  );
}
