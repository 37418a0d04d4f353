import { answeredSpan, type CarrierLeg } from "../books/carrier-books.ts";
import type { Row } from "../books/record-books.ts";
import { type Books, matchCalls } from "./books.ts";
import type { Finding } from "./finding.ts";

/** Between the carrier's end of a file and its end of the call; a frame is 20 ms. */
const TOLERANCE_MS = 20;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Each answered moment of each call, in the call's own time as the carrier keeps it, is in a file that is stored as it was made, or
 * came before the recording, or is of a call whose record says why it was not recorded.
 */
export function auditCoverage(books: Books): { findings: Finding[]; answeredMs: number; recordedMs: number } {
  const findings: Finding[] = [];
  let [answeredMs, recordedMs] = [0, 0];
  for (const { planned, legs, rows } of matchCalls(books)) {
    for (const leg of legs) {
      const answered = answeredSpan(leg);
      if (answered === null) continue;
      const stored = storedSpans(leg, books);
      answeredMs += lengthOf(answered);
      recordedMs += stored.reduce((sum, span) => sum + lengthOf(span), 0);
      const missing = holesOf(answered, [...stored, ...explained(leg, answered, rows[0])]);
      const ms = Math.round(missing.reduce((sum, span) => sum + lengthOf(span), 0));
      if (ms > 0) {
        const where = missing.map(({ fromMs, toMs }) => `${Math.round(fromMs)}–${Math.round(toMs)}`).join(", ");
        findings.push({
          kind: "uncovered",
          what: `${ms} ms of the answered time`,
          where: `${planned.party} at ${where}`,
          ms,
        });
      }
    }
  }
  return { findings, answeredMs: Math.round(answeredMs), recordedMs: Math.round(recordedMs) };
}

/** The stretches of the call that lie in the storage, byte for byte. */
function storedSpans(leg: CarrierLeg, { record, storage }: Books): Span[] {
  return leg.recordings.flatMap(({ recordingId, startMs, endMs, sha256 }) => {
    const row = record.recordings.find((each) => each.carrier_recording_id === recordingId);
    const isStored = row?.state === "stored" && storage.get(row.r2_key ?? "")?.sha256 === sha256;
    return isStored && endMs !== null ? [{ fromMs: startMs, toMs: endMs }] : [];
  });
}

/** What the record gives a reason for. */
function explained(leg: CarrierLeg, answered: Span, row: Row<"calls"> | undefined): Span[] {
  const [first] = leg.recordings;
  if (first === undefined) return row?.not_recorded_reason ? [answered] : [];
  // Before a recording the announcement is spoken; the record says that one began.
  return row?.recording_started_at ? [{ fromMs: answered.fromMs, toMs: first.startMs }] : [];
}

/** What of `whole` is in none of the spans, in pieces longer than the tolerance. */
function holesOf(whole: Span, spans: readonly Span[]): Span[] {
  const holes: Span[] = [];
  let at = whole.fromMs;
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs > at) holes.push({ fromMs: at, toMs: Math.min(fromMs, whole.toMs) });
    at = Math.max(at, toMs);
  }
  if (at < whole.toMs) holes.push({ fromMs: at, toMs: whole.toMs });
  return holes.filter((hole) => lengthOf(hole) > TOLERANCE_MS);
}

function lengthOf({ fromMs, toMs }: Span): number {
  return Math.max(0, toMs - fromMs);
}
