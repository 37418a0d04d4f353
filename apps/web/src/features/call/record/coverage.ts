import type { CallView, RecordingView } from "@earwitness/shared";

/**
 * What became of every answered second. The terms add up to `answeredMs`: that is the promise of the product, so nothing is
 * rounded away; a recording that is longer than the line was open by our clock shows as a negative `otherMs`.
 */
export interface Coverage {
  answeredMs: number;
  recordedMs: number;
  /** From the answer until the recording began: the announcement, as a rule. */
  beforeMs: number;
  /** What is left: seconds that nothing explains, or the small difference between two clocks. */
  otherMs: number;
}

/** Clocks of two companies differ, and audio ends on a frame: within this, a difference is no missing second. */
const CLOCK_TOLERANCE_MS = 500;

/** Sums up a call that was answered and is over; null before that, or when no recording has its length yet. */
export function coverageOf(
  call: Pick<CallView, "answeredAt" | "durationMs">,
  recordings: readonly Pick<RecordingView, "durationMs" | "startedAt">[],
): Coverage | null {
  const { answeredAt, durationMs: answeredMs } = call;
  if (answeredAt === null || answeredMs === null) return null;
  const measured = recordings.filter((recording) => recording.durationMs !== null);
  if (measured.length === 0) return null;
  const recordedMs = measured.reduce((sum, recording) => sum + (recording.durationMs ?? 0), 0);
  const starts = measured.flatMap(({ startedAt }) => (startedAt === null ? [] : [Date.parse(startedAt)]));
  const beforeMs = starts.length === 0 ? 0 : Math.max(0, Math.min(...starts) - Date.parse(answeredAt));
  return { answeredMs, recordedMs, beforeMs, otherMs: answeredMs - recordedMs - beforeMs };
}

/** True when more is missing than two clocks can disagree about. */
export function isUnexplained({ otherMs }: Coverage): boolean {
  return otherMs > CLOCK_TOLERANCE_MS;
}
