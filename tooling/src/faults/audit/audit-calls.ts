import { answeredSpan, type CarrierLeg } from "../books/carrier-books.ts";
import type { Row } from "../books/record-books.ts";
import { type Books, type MatchedCall, matchCalls } from "./books.ts";
import type { Finding } from "./finding.ts";

/** The carrier counts in microseconds, the record in milliseconds. */
const ROUNDING_MS = 2;
/** What the carrier tells of a leg once, whatever it is asked for and however often. */
const ONCE = ["call.answered", "call.speak.started", "call.hangup"];

/** Each call is there once, has come to its end, and is as long as the carrier says; no call is there that was not. */
export function auditCalls(books: Books): Finding[] {
  const known = new Set(books.planned.map(({ party }) => party));
  const unknown = books.record.calls.filter(
    ({ from_address, to_address }) => !known.has(from_address) && !known.has(to_address),
  );
  return [
    ...matchCalls(books).flatMap(auditCall),
    ...unknown.map(({ id }) => ({ kind: "orphan" as const, what: "a call that nobody made", where: `call ${id}` })),
    ...books.record.unrouted.map(({ from_address }) => ({
      kind: "lost" as const,
      what: "the call counts as one to nobody's number",
      where: from_address,
    })),
  ];
}

function auditCall({ planned, legs, rows }: MatchedCall): Finding[] {
  const where = `${planned.party} (${planned.way})`;
  const [leg, ...otherLegs] = legs;
  const [row, ...otherRows] = rows;
  if (row === undefined) return [{ kind: "lost", what: "the call is not in the record", where }];
  const findings: Finding[] = [];
  if (otherRows.length > 0) findings.push({ kind: "duplicate", what: `${rows.length} calls in the record`, where });
  if (otherLegs.length > 0) findings.push({ kind: "duplicate", what: `dialled ${legs.length} times`, where });
  if (row.state !== "ended" || row.ended_at === null || row.hangup_cause === null) {
    findings.push({
      kind: "unfinished",
      what: `it is ${row.state} (${row.hangup_cause})`,
      where: `${where} ${row.id}`,
    });
  }
  return leg === undefined ? findings : [...findings, ...againstCarrier(leg, row, `${where} ${row.id}`)];
}

function againstCarrier(leg: CarrierLeg, row: Row<"calls">, where: string): Finding[] {
  const findings: Finding[] = [];
  for (const name of ONCE) {
    const times = leg.timeline.filter((entry) => entry.type === "event" && entry.name === name).length;
    if (times > 1) findings.push({ kind: "duplicate", what: `${name} happened ${times} times`, where });
  }
  if (row.carrier_session_id !== leg.callSessionId) {
    findings.push({ kind: "different", what: "it names another session of the carrier", where });
  }
  const answered = answeredSpan(leg);
  const answeredMs = answered === null ? 0 : answered.toMs - answered.fromMs;
  if (Math.abs((row.duration_ms ?? -1) - answeredMs) > ROUNDING_MS) {
    const what = `answered for ${Math.round(answeredMs)} ms, in the record ${row.duration_ms} ms`;
    findings.push({ kind: "different", what, where });
  }
  return findings;
}
