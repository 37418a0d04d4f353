import type { Books } from "./books.ts";
import type { Finding } from "./finding.ts";

/** What lies under these belongs to no row of its own. */
const WITHOUT_ROWS = ["audit-heads/"];

/** Every object in the storage is some row's, and every row's object is there; no notice is without its call. */
export function auditOrphans({ record, storage }: Books): Finding[] {
  const named = new Map<string, string>();
  for (const { id, r2_key, peaks_key } of record.recordings) {
    for (const key of [r2_key, peaks_key]) if (key !== null) named.set(key, `recording ${id}`);
  }
  for (const { call_id, r2_key } of record.chunks) named.set(r2_key, `call ${call_id}`);
  const findings: Finding[] = [];
  for (const key of storage.keys()) {
    if (!named.has(key) && !WITHOUT_ROWS.some((prefix) => key.startsWith(prefix))) {
      findings.push({ kind: "orphan", what: "an object that no row knows", where: key });
    }
  }
  for (const [key, where] of named) {
    if (!storage.has(key)) findings.push({ kind: "orphan", what: `a row without its object ${key}`, where });
  }
  for (const { room, event_id, call_id } of record.notices) {
    if (call_id === null) findings.push({ kind: "orphan", what: "a notice of no call", where: `${room} ${event_id}` });
  }
  return findings;
}
