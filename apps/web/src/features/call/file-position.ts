import type { CallView, CoverageView, RecordingView } from "@earwitness/shared";

interface Span {
  startMs: number;
  endMs: number;
}

/** A file that is shorter than its stamps by more than this has left something out; less is what clocks and samples differ by. */
const TOLERANCE_MS = 400;

/**
 * Turns a position on the call (ms since the answer) into one in the recording's file. The file begins when the carrier says,
 * and either keeps a paused span as silence or leaves it out: its length tells which, for no carrier documents it.
 */
export function filePosition(
  call: Pick<CallView, "answeredAt">,
  recording: Pick<RecordingView, "startedAt" | "endedAt" | "durationMs">,
  paused: CoverageView["paused"],
): (callMs: number) => number {
  const { startedAt, endedAt, durationMs } = recording;
  if (call.answeredAt === null || startedAt === null) return (callMs) => callMs;
  const startMs = Date.parse(startedAt) - Date.parse(call.answeredAt);
  const endMs = endedAt === null ? null : Date.parse(endedAt) - Date.parse(call.answeredAt);
  const within: Span[] = paused.filter((pause) => pause.endMs > startMs);
  const pausedMs = within.reduce((sum, pause) => sum + pause.endMs - pause.startMs, 0);
  const shortMs = endMs === null || durationMs === null ? 0 : endMs - startMs - durationMs;
  const leavesOut = shortMs > TOLERANCE_MS && shortMs > pausedMs / 2;
  return (callMs) => {
    const cutMs = leavesOut
      ? within.reduce((sum, pause) => sum + Math.max(0, Math.min(pause.endMs, callMs) - pause.startMs), 0)
      : 0;
    return Math.max(0, callMs - startMs - cutMs);
  };
}
