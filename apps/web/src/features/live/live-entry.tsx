"use client";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, useEffect } from "react";
import { LIVE_CALLS, RINGING_CALLS } from "../../api/open-calls.ts";
import { callsQuery } from "../../api/queries.ts";
import { InBrowser } from "../../ui/in-browser.tsx";
import { LiveSkeleton } from "./live-skeleton.tsx";

// The frame stands with the first load; the screen's code is fetched beside the calls that it shows.
const loadScreen = () => import("./live-screen.tsx");
const LiveScreen = lazy(loadScreen);
if (typeof window !== "undefined") void loadScreen();

/** Begins to fetch the open calls, and shows them once both they and the screen are there. */
export function LiveEntry() {
  const client = useQueryClient();
  useEffect(() => {
    for (const filters of [RINGING_CALLS, LIVE_CALLS]) void client.prefetchInfiniteQuery(callsQuery(filters));
  }, [client]);
  return (
    <InBrowser frame={<LiveSkeleton />}>
      <LiveScreen />
    </InBrowser>
  );
}
