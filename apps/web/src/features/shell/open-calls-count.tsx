"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { LIVE_CALLS, openCallCount, RINGING_CALLS } from "../../api/open-calls.ts";
import { callsQuery } from "../../api/queries.ts";
import { LiveDot } from "../../ui/status.tsx";
import styles from "./rail.module.css";

/** How many calls ring or are being held now; nothing while there are none. */
export function OpenCallsCount() {
  const ringing = useInfiniteQuery(callsQuery(RINGING_CALLS));
  const live = useInfiniteQuery(callsQuery(LIVE_CALLS));
  const count = openCallCount(ringing.data?.pages, live.data?.pages);
  if (count === null) return null;
  return (
    <span className={styles.end} data-count>
      <LiveDot />
      {count}
      <span className="vh"> open</span>
    </span>
  );
}
