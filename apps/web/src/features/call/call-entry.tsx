"use client";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, useEffect } from "react";
import { callQuery } from "../../api/queries.ts";
import { InBrowser } from "../../ui/in-browser.tsx";
import { CallSkeleton } from "./call-skeleton.tsx";
import { useRouteId } from "./use-route-id.ts";

// The frame stands with the first load; the screen's code is fetched beside the call that it shows.
const loadScreen = () => import("./call-screen.tsx");
const CallScreen = lazy(loadScreen);
if (typeof window !== "undefined") void loadScreen();

/** Begins to fetch the call that the address names, and shows it once both it and the screen are there. */
export function CallEntry() {
  const callId = useRouteId();
  const client = useQueryClient();
  useEffect(() => {
    if (callId !== null) void client.prefetchQuery(callQuery(callId));
  }, [client, callId]);
  // Another call is another screen: nothing of the one before stays, above all not its sound.
  return (
    <InBrowser frame={<CallSkeleton />}>{callId !== null && <CallScreen key={callId} callId={callId} />}</InBrowser>
  );
}
