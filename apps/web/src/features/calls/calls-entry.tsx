"use client";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, useEffect } from "react";
import { readFilters } from "../../api/call-filters.ts";
import { callsQuery } from "../../api/queries.ts";
import { InBrowser } from "../../ui/in-browser.tsx";
import { CallsSkeleton } from "./calls-skeleton.tsx";

// The frame stands with the first load; the screen's code is fetched beside the calls that it shows.
const loadScreen = () => import("./calls-screen.tsx");
const CallsScreen = lazy(loadScreen);
if (typeof window !== "undefined") void loadScreen();

/** Begins to fetch the calls that the address asks for, and shows them once both they and the screen are there. */
export function CallsEntry() {
  const client = useQueryClient();
  useEffect(() => {
    void client.prefetchInfiniteQuery(callsQuery(readFilters(new URLSearchParams(window.location.search))));
  }, [client]);
  return (
    <InBrowser frame={<CallsSkeleton />}>
      <CallsScreen />
    </InBrowser>
  );
}
