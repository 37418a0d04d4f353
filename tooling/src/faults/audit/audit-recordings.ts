import type { CarrierLeg } from "../books/carrier-books.ts";
import type { Row } from "../books/record-books.ts";
import { type Books, matchCalls } from "./books.ts";
import type { Finding } from "./finding.ts";

type CarrierFile = CarrierLeg["recordings"][number];

/** Each file that the carrier made is stored once, byte for byte; no recording is there that it did not make. */
export function auditRecordings(books: Books): Finding[] {
  const { record } = books;
  const byCarrierId = Map.groupBy(record.recordings, ({ carrier_recording_id }) => carrier_recording_id);
  const made = new Set<string>();
  const findings: Finding[] = [];
  for (const { planned, legs } of matchCalls(books)) {
    for (const file of legs.flatMap(({ recordings }) => recordings)) {
      made.add(file.recordingId);
      const where = `${planned.party} file ${file.recordingId}`;
      const [row, ...others] = byCarrierId.get(file.recordingId) ?? [];
      if (row === undefined) findings.push({ kind: "lost", what: "the recording is not in the record", where });
      else findings.push(...againstFile(row, file, books, where));
      if (others.length > 0) findings.push({ kind: "duplicate", what: "the recording is there more than once", where });
    }
    if (legs.some(({ recordings }) => recordings.length > 1)) {
      findings.push({ kind: "duplicate", what: "the call was recorded more than once", where: planned.party });
    }
  }
  for (const { id, source, carrier_recording_id } of record.recordings) {
    if (source === "carrier" && !made.has(carrier_recording_id ?? "")) {
      findings.push({ kind: "orphan", what: "a recording that the carrier never made", where: id });
    }
  }
  return findings;
}

function againstFile(row: Row<"recordings">, file: CarrierFile, { storage }: Books, where: string): Finding[] {
  if (row.state !== "stored") return [{ kind: "unfinished", what: `the recording is ${row.state}`, where }];
  const findings: Finding[] = [];
  if (row.sha256 !== file.sha256 || row.size_bytes !== file.sizeBytes) {
    findings.push({ kind: "different", what: "the record has another digest or size than the file", where });
  }
  const stored = storage.get(row.r2_key ?? "");
  if (stored?.sha256 !== file.sha256) {
    findings.push({ kind: "lost", what: `the storage has ${stored === undefined ? "nothing" : "other bytes"}`, where });
  }
  if ((row.carrier_deleted_at !== null) !== file.isDeleted) {
    findings.push({ kind: "different", what: "the carrier's copy is deleted, or not, otherwise than recorded", where });
  }
  return findings;
}
