import type { CallSummary } from "@earwitness/shared";
import { contactNumber } from "../calls/parties.ts";

/** The day so far in four numbers. */
export interface Today {
  /** Calls that began today, in and out. */
  calls: number;
  answered: number;
  /** Calls that came in and ended unanswered. */
  missed: number;
  /** Half of the calls that came in and were answered had rung for less; null while there is none. */
  medianWaitMs: number | null;
}

export function todayOf(calls: readonly CallSummary[]): Today {
  const waits = calls.flatMap(({ direction, startedAt, answeredAt }) =>
    direction === "inbound" && answeredAt !== null ? [Date.parse(answeredAt) - Date.parse(startedAt)] : [],
  );
  return {
    calls: calls.length,
    answered: calls.filter(({ answeredAt }) => answeredAt !== null).length,
    missed: calls.filter(isMissed).length,
    medianWaitMs: median(waits),
  };
}

/** Something that does not mend itself. */
export interface Need {
  what: "call_back" | "recording" | "transcript";
  call: CallSummary;
}

/**
 * What needs a person, newest first: callers who were missed and have not been spoken to since, one line for each number;
 * recordings and transcripts that failed for good. A withheld number cannot be called back and is not listed.
 */
export function needsOf(calls: readonly CallSummary[]): Need[] {
  const newestFirst = calls.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const dealtWith = new Set<string>();
  const needs: Need[] = [];
  for (const call of newestFirst) {
    const number = contactNumber(call);
    if (isMissed(call) && number.startsWith("+") && !dealtWith.has(number)) needs.push({ what: "call_back", call });
    // Whoever was called since, whether they answered or not, or got through themselves, is no longer waiting to be called.
    if (call.direction === "outbound" || call.answeredAt !== null || isMissed(call)) dealtWith.add(number);
    if (call.recordingState === "failed" || call.recordingState === "missing") needs.push({ what: "recording", call });
    else if (call.transcriptState === "failed") needs.push({ what: "transcript", call });
  }
  return needs;
}

function isMissed({ direction, state, answeredAt }: CallSummary): boolean {
  return direction === "inbound" && state === "ended" && answeredAt === null;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
