import { auditCalls } from "./audit-calls.ts";
import { auditCoverage } from "./audit-coverage.ts";
import { auditMails } from "./audit-mails.ts";
import { auditNotices } from "./audit-notices.ts";
import { auditOrphans } from "./audit-orphans.ts";
import { auditRecordings } from "./audit-recordings.ts";
import { auditTranscripts } from "./audit-transcripts.ts";
import { auditUsage } from "./audit-usage.ts";
import { auditWork } from "./audit-work.ts";
import type { Books } from "./books.ts";
import type { Finding } from "./finding.ts";

/** What came of a run. Everything that is not as it must be is in `findings`, and counted once in the sums before it. */
export interface Verdict {
  readonly answeredMs: number;
  readonly recordedMs: number;
  readonly lostEvents: number;
  readonly duplicateEffects: number;
  readonly uncoveredMs: number;
  readonly stuckJobs: number;
  readonly orphans: number;
  readonly unfinishedCalls: number;
  readonly differences: number;
  readonly findings: readonly Finding[];
}

/**
 * Compares what the record, the storage and the vendors have written down, each read from outside, with arithmetic of its own:
 * none of the product's code has a part in it. `others` are findings from elsewhere that count with it.
 */
export function auditBooks(books: Books, others: readonly Finding[] = []): Verdict {
  const { findings: uncovered, answeredMs, recordedMs } = auditCoverage(books);
  const findings = [
    ...auditCalls(books),
    ...auditRecordings(books),
    ...auditTranscripts(books),
    ...auditNotices(books),
    ...auditMails(books),
    ...auditWork(books),
    ...auditOrphans(books),
    ...auditUsage(books),
    ...uncovered,
    ...others,
  ];
  const count = (kind: Finding["kind"]) => findings.filter((finding) => finding.kind === kind).length;
  return {
    answeredMs,
    recordedMs,
    lostEvents: count("lost"),
    duplicateEffects: count("duplicate"),
    uncoveredMs: uncovered.reduce((sum, { ms = 0 }) => sum + ms, 0),
    stuckJobs: count("stuck"),
    orphans: count("orphan"),
    unfinishedCalls: count("unfinished"),
    differences: count("different"),
    findings,
  };
}
