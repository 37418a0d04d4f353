import { styleText } from "node:util";
import type { FaultReport } from "./run-faults.ts";

const FINDINGS_SHOWN = 40;

/** A run's report as a person reads it. */
export function describeFaults(report: FaultReport): string {
  const { findings, injected } = report;
  const sums: [string, string | number][] = [
    ["calls", report.calls],
    ...(report.storm === null ? [] : [["storm", report.storm] satisfies [string, string]]),
    ["injected", Object.values(injected).reduce((sum, times) => sum + times, 0)],
    [
      "answered",
      `${(report.answeredMs / 1000).toFixed(1)} s, of which recorded ${(report.recordedMs / 1000).toFixed(1)} s`,
    ],
    ["lost events", report.lostEvents],
    ["duplicate effects", report.duplicateEffects],
    ["uncovered", `${report.uncoveredMs} ms`],
    ["stuck jobs", report.stuckJobs],
    ["orphans", report.orphans],
    ["unfinished calls", report.unfinishedCalls],
    ["differences", report.differences],
  ];
  const more = findings.length - FINDINGS_SHOWN;
  return [
    "",
    ...Object.entries(injected).map(([name, times]) => `  ${name.padEnd(28)} ${String(times).padStart(6)}`),
    "",
    ...sums.map(([name, value]) => `  ${name.padEnd(28)} ${String(value).padStart(6)}`),
    ...findings
      .slice(0, FINDINGS_SHOWN)
      .map(({ kind, what, where }) => `\n  ${styleText("red", `✗ ${kind}`)} ${where}: ${what}`),
    ...(more > 0 ? [`\n  and ${more} more`] : []),
    "",
    report.ok ? "The books balance." : styleText("red", "The books do not balance."),
  ].join("\n");
}
