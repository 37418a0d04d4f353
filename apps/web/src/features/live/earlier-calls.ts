import type { CallList } from "@earwitness/shared";
import { counted } from "../../format/size.ts";
import { dayHeading, localDay, type TimeOptions } from "../../format/time.ts";
import { type CallLine, callLine } from "../calls/call-line.ts";

/** What was between a number and us in the last 30 days: how many calls, and what the last one was about. */
export function earlierCalls(
  pages: readonly CallList[],
  thisCallId: string,
  now: Date,
  time: TimeOptions = {},
): { words: string; line: CallLine | null } {
  const earlier = pages.flatMap(({ calls }) => calls).filter(({ id }) => id !== thisCallId);
  const last = earlier.find(({ state }) => state === "ended");
  if (!last) return { words: "No earlier calls in 30 days", line: null };
  const hasMore = (pages.at(-1)?.page.nextCursor ?? null) !== null;
  const count = hasMore ? `More than ${counted(earlier.length, "call")}` : counted(earlier.length, "call");
  const isToday = localDay(last.startedAt, time) === localDay(now, time);
  const day = isToday ? "Today" : dayHeading(last.startedAt, now, time);
  return { words: `${count} in 30 days. ${day}:`, line: callLine(last) };
}
