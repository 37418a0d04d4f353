import type { OutageResult } from "./ride-outage.ts";

/** The result as a person reads it. */
export function describeOutage(result: OutageResult): string {
  const { outageMs, calls, notices, acknowledgedAtOnce, slowestAnswerMs, catchUpMs, lostNotices, recorded, ok } =
    result;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return [
    `database away  ${seconds(outageMs)}, under ${calls} calls`,
    `acknowledged   ${acknowledgedAtOnce} of ${notices} notices at their first attempt, the slowest in ${Math.round(slowestAnswerMs)} ms`,
    `caught up      ${seconds(catchUpMs)} after its return`,
    `record         ${recorded.whole} calls with audio and words, ${recorded.carrierNotices} notices, ${lostNotices} lost, ${recorded.deadJobs} dead jobs`,
    ok ? "Nothing was lost." : "NOT as it must be.",
  ].join("\n");
}
