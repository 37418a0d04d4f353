import type { JobState } from "@earwitness/shared";

/** A job's row, as somebody who looks at the table sees it. Instants are ms since the epoch. */
export interface JobRow {
  readonly uuid: string;
  readonly key: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly startedAt: number | null;
  readonly runAfter: number;
  readonly leasedUntil: number | null;
  readonly enqueuedAt: number;
  readonly isCancelling: boolean;
}

/*
 * The reference: what jobs promise, in a few lines and without a database. How leases, keys, sweeps and outboxes keep it is not
 * known here.
 */
const LEASE_MS = 30_000;
const LOST_AFTER_MS = 20_000;
const ENDS: ReadonlySet<JobState> = new Set(["done", "dead", "cancelled"]);

function hasEnded({ state }: JobRow): boolean {
  return ENDS.has(state);
}

/** Whether somebody who comes now may begin an attempt. */
function mayBegin({ state, runAfter, leasedUntil }: JobRow, now: number): boolean {
  if (state === "running") return leasedUntil !== null && leasedUntil <= now;
  return state === "queued" && runAfter <= now;
}

/** What is wrong with how a wish that it be cancelled was taken; null when nothing is. */
export function wrongCancel(before: JobRow, after: JobRow | undefined, isRefused: boolean): string | null {
  if (isRefused !== hasEnded(before))
    return isRefused ? "was not over, and not to be cancelled" : "was cancelled when it was over";
  if (isRefused) return after?.state === before.state ? null : "was refused to be cancelled, and changed";
  const wanted = before.state === "queued" ? "cancelled" : "running";
  return after?.state === wanted && after.isCancelling ? null : `was to be cancelled, and is ${after?.state}`;
}

/** Whether a sweep must send for it. */
export function isForgotten(job: JobRow, now: number): boolean {
  return mayBegin(job, now) && (job.state === "running" || job.enqueuedAt <= now - LOST_AFTER_MS);
}

/**
 * What is wrong with a job's row having become another while somebody took its message at `now`; null when nothing is. Whoever
 * took it may have died (`mayDie`) before it was begun, and the vendor may have said that it is in vain (`mayRefuse`).
 */
export function wrongStep(
  before: JobRow,
  after: JobRow | undefined,
  now: number,
  { mayDie, mayRefuse }: { mayDie: boolean; mayRefuse: boolean },
): string | null {
  if (after === undefined) return "is gone";
  const isUntouched = after.state === before.state && after.attempts === before.attempts;
  if (hasEnded(before)) return isUntouched ? null : `was ${before.state} and is ${after.state}`;
  if (!mayBegin(before, now)) return isUntouched ? null : "was begun before its time, or though another held it";
  if (isUntouched && mayDie) return null;
  if (!hasEnded(after) && after.attempts !== before.attempts + 1) return "was begun by two, or by nobody";
  switch (after.state) {
    case "running":
      return after.leasedUntil === now + LEASE_MS ? null : "is held for another time than a lease";
    case "queued":
      return after.runAfter >= now ? null : "failed, and is due before now";
    case "done":
      return before.isCancelling ? "was cancelled, and done all the same" : null;
    case "cancelled":
      return before.isCancelling ? null : "was cancelled by nobody";
    case "dead":
      return mayRefuse || after.attempts >= before.maxAttempts ? null : "was given up too early";
  }
}

/** What is wrong with a job's row after somebody had all dead ones run again; null when nothing is. */
export function wrongRunAgain(before: JobRow, after: JobRow | undefined, now: number): string | null {
  if (before.state !== "dead") return after?.state === before.state ? null : "was not dead, and changed";
  const isFresh = after?.state === "queued" && after.attempts === 0 && after.runAfter <= now && !after.isCancelling;
  return isFresh ? null : `was to run again, and is ${after?.state}`;
}
