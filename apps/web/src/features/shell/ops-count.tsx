"use client";
import { useQuery } from "@tanstack/react-query";
import { opsQuery } from "../../api/ops.ts";
import { deadCount, lateCount } from "../ops/needs.ts";
import styles from "./rail.module.css";

/** News tells of what this workspace asked for; of what follows by itself the count may be so old. */
const ASKED_EVERY_MS = 60_000;

/** How much of the machinery needs somebody's hand; nothing while none does. */
export function OpsCount() {
  const ops = useQuery({ ...opsQuery, staleTime: ASKED_EVERY_MS, refetchInterval: ASKED_EVERY_MS }).data;
  const count = ops === undefined ? 0 : deadCount(ops) + lateCount(ops);
  if (count === 0) return null;
  return (
    <span className={styles.end} data-count data-need>
      {count}
      <span className="vh"> {count === 1 ? "needs" : "need"} a hand</span>
    </span>
  );
}
