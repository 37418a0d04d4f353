import { styleText } from "node:util";
import type { WordComparison } from "./compare-words.ts";
import type { CallReport } from "./judge-call.ts";

/** One call as a person reads it: the timeline, the words beside the script, the recording's receipt. */
export function describeCall(report: CallReport, comparison: WordComparison): string {
  const { recording, transcript, events } = report;
  const total = report.stages.reduce((sum, { ms }) => sum + ms, 0);
  return [
    "",
    styleText("bold", report.callId),
    "",
    ...report.stages.map(({ name, ms }) => `  ${name.padEnd(12)} ${String(ms).padStart(7)} ms`),
    `  ${"in all".padEnd(12)} ${String(total).padStart(7)} ms`,
    "",
    ...comparison.speakers.flatMap(({ speaker, said, heard }) => [
      `  ${speaker.padEnd(7)} said   ${said || "–"}`,
      `  ${"".padEnd(7)} heard  ${heard || "–"}`,
    ]),
    "",
    `  ${transcript.words} words, error rate ${rate(transcript.wordErrorRate)}, times within ${transcript.maxTimingErrorMs} ms`,
    `  ${events.received} notices received, ${events.duplicates} of them repeats, ${events.applied} applied`,
    "",
    `  R2 key   ${recording.key}`,
    `  size     ${recording.sizeBytes} bytes, ${recording.durationMs} ms, ${recording.channels} channels`,
    `  SHA-256  ${recording.sha256}`,
    ...report.problems.map((problem) => `\n  ${styleText("red", "✗")} ${problem}`),
  ].join("\n");
}

function rate(wordErrorRate: number | null): string {
  return wordErrorRate === null ? "unknown (no script)" : `${(wordErrorRate * 100).toFixed(1)} %`;
}
