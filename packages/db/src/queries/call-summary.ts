import type { CallSummary } from "@earwitness/shared";
import { calls } from "../schema/index.ts";

/** What the list shows of a call: all of it lies in its one row. */
export const callSummaryColumns = {
  id: calls.id,
  direction: calls.direction,
  state: calls.state,
  fromAddress: calls.fromAddress,
  toAddress: calls.toAddress,
  numberId: calls.numberId,
  startedAt: calls.startedAt,
  answeredAt: calls.answeredAt,
  endedAt: calls.endedAt,
  durationMs: calls.durationMs,
  hangupCause: calls.hangupCause,
  recordingState: calls.recordingState,
  notRecordedReason: calls.notRecordedReason,
  transcriptState: calls.transcriptState,
  firstLine: calls.firstLine,
  language: calls.language,
  lastCaption: calls.lastCaption,
  purges: calls.purges,
};

export type CallSummaryRow = Pick<typeof calls.$inferSelect, keyof typeof callSummaryColumns>;

export function toCallSummary(row: CallSummaryRow): CallSummary {
  return {
    id: row.id,
    direction: row.direction,
    state: row.state,
    from: row.fromAddress,
    to: row.toAddress,
    numberId: row.numberId,
    startedAt: row.startedAt.toISOString(),
    answeredAt: instant(row.answeredAt),
    endedAt: instant(row.endedAt),
    durationMs: row.durationMs,
    hangupCause: row.hangupCause,
    recordingState: row.recordingState,
    notRecordedReason: row.notRecordedReason,
    transcriptState: row.transcriptState,
    lastLine: row.firstLine ?? row.lastCaption,
    hasLive: row.state === "live",
    language: row.language,
    purges: row.purges,
  };
}

/** An instant as views carry it. */
export function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
