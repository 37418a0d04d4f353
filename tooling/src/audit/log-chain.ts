import { type AuditHead, type AuditLine, auditSha256 } from "@earwitness/shared/audit";
import { type Finding, MOST_FINDINGS, type NotedHead } from "./finding.ts";

/**
 * Follows one workspace's log, entry by entry, and tells what does not fit. After a finding it goes on from the entry at hand,
 * as that says of itself, so that one fault is told once and the next one too.
 */
export class LogChain {
  readonly workspaceId: string;
  readonly firstN: number;
  readonly findings: Finding[] = [];
  #n: number;
  #sha256: string;
  #at: string | null = null;
  #isHeadTold = false;
  readonly #noted: readonly NotedHead[];

  /** `after` is what the first entry follows; `noted` are heads of this log that somebody kept. */
  constructor(workspaceId: string, after: { n: number; sha256: string }, noted: readonly NotedHead[]) {
    this.workspaceId = workspaceId;
    this.firstN = after.n + 1;
    this.#n = after.n;
    this.#sha256 = after.sha256;
    this.#noted = noted;
    for (const { n, sha256 } of noted) {
      if (n === after.n && sha256 !== after.sha256) this.#tell(null, `entry ${n} was ${sha256} when it was noted.`);
    }
  }

  /** Where the log ends as far as it was read. */
  get end(): { n: number; sha256: string } {
    return { n: this.#n, sha256: this.#sha256 };
  }

  async take(entry: AuditLine, line: number): Promise<void> {
    const { n, previousSha256, sha256, at } = entry;
    if (n > this.#n + 1) this.#tell(line, `${nameOf(this.#n + 1, n - 1)} missing before entry ${n}.`);
    else if (n <= this.#n) this.#tell(line, `entry ${n} comes after entry ${this.#n}: moved or put in.`);
    else if (previousSha256 !== this.#sha256) this.#tell(line, `entry ${n} does not follow the entry before it.`);
    if ((await auditSha256(entry)) !== sha256)
      this.#tell(line, `entry ${n} was altered: it has not the hash that it says.`);
    for (const noted of this.#noted) {
      if (noted.n === n && noted.sha256 !== sha256)
        this.#tell(line, `entry ${n} was ${noted.sha256} when it was noted.`);
    }
    this.#n = n;
    this.#sha256 = sha256;
    this.#at = at;
    this.#isHeadTold = false;
  }

  /** What the file itself says of where the log ends; `exportedAt` where it says when, which is the time of the last entry. */
  takeHead({ n, sha256 }: Omit<AuditHead, "workspaceId">, line: number, exportedAt?: string): void {
    this.#isHeadTold = true;
    if (n > this.#n) this.#tell(line, `${nameOf(this.#n + 1, n)} missing at the end.`);
    else if (n < this.#n) this.#tell(line, `the log ends at entry ${n} by its head, and goes on to ${this.#n}.`);
    else if (sha256 !== this.#sha256) this.#tell(line, `the head is not that of entry ${n}.`);
    else if (exportedAt !== undefined && exportedAt !== this.#at) {
      this.#tell(line, "the head was altered: it has not the time of the last entry.");
    }
  }

  /** Nothing comes any more. */
  finish(): void {
    if (!this.#isHeadTold) this.#tell(null, `no head follows entry ${this.#n}: the file was cut, or broke off.`);
    const furthest = this.#noted.reduce((most, { n }) => Math.max(most, n), 0);
    if (furthest > this.#n)
      this.#tell(null, `the log had ${furthest} entries when that was noted, and ends at ${this.#n}.`);
  }

  #tell(line: number | null, what: string): void {
    if (this.findings.length < MOST_FINDINGS) this.findings.push({ line, workspaceId: this.workspaceId, what });
  }
}

function nameOf(first: number, last: number): string {
  return first === last ? `entry ${first} is` : `entries ${first} to ${last} are`;
}
