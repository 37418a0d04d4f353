import type { Books } from "./books.ts";
import type { Finding } from "./finding.ts";

/**
 * Everything that the carrier had to tell is in the record once, also what never came; every room's facts are there from the first to
 * the last, and none tells the same thing again.
 */
export function auditNotices({ carrier, record }: Books): Finding[] {
  const kept = Map.groupBy(record.notices, ({ event_id }) => event_id);
  const findings: Finding[] = [];
  for (const { webhooks, from, to } of carrier) {
    for (const { id, event, state } of webhooks) {
      const where = `${from} to ${to}, ${event} ${id}`;
      const copies = kept.get(id)?.length ?? 0;
      if (copies === 0) findings.push({ kind: "lost", what: `a notice (${state}) is not in the record`, where });
      if (copies > 1) findings.push({ kind: "duplicate", what: `a notice is in the record ${copies} times`, where });
    }
  }
  for (const { room, projected_n, facts, last_n } of record.rooms) {
    if (facts !== projected_n || (last_n ?? 0) !== projected_n) {
      const what = `${facts} facts up to number ${last_n} where the cursor is at ${projected_n}`;
      findings.push({ kind: "lost", what, where: `room ${room}` });
    }
  }
  for (const { room, type, times } of record.repeatedFacts) {
    findings.push({ kind: "duplicate", what: `the same fact ${type} is there ${times} times`, where: `room ${room}` });
  }
  return findings;
}
