import type { RecordingRecord } from "../ports/repositories/index.ts";
import type { CallRecord } from "../projection/call-record.ts";
import { FileTimeline } from "./file-timeline.ts";
import type { Span } from "./spans.ts";

/** A pause as the record has it; it lasts while `endedAt` is null. */
interface Pause {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** Where a pause lies on its call, in ms since the answer: one that lasts goes on beyond every end. */
export function pauseSpan(answeredAt: Date, { startedAt, endedAt }: Pause): Span {
  const answeredAtMs = answeredAt.getTime();
  return {
    startMs: startedAt.getTime() - answeredAtMs,
    endMs: (endedAt?.getTime() ?? Number.MAX_SAFE_INTEGER) - answeredAtMs,
  };
}

/** How a recording's file lies on its call; null where its beginning is not known. */
export function fileTimelineOf(
  { answeredAt }: Pick<CallRecord, "answeredAt">,
  { startedAt, endedAt, durationMs }: Pick<RecordingRecord, "startedAt" | "endedAt" | "durationMs">,
  pauses: readonly Pause[],
): FileTimeline | null {
  if (answeredAt === null || startedAt === null || durationMs === null) return null;
  const file = { startedAtMs: startedAt.getTime(), endedAtMs: endedAt?.getTime() ?? null, durationMs };
  const spans = pauses.map((pause) => pauseSpan(answeredAt, pause));
  return new FileTimeline(answeredAt.getTime(), file, spans);
}
