import { failureMessageForPerson, type JobError, jobEntryOf } from "@earwitness/core";
import {
  type JobDetail,
  type JobFailureView,
  type JobId,
  type JobState,
  type JobView,
  notFound,
} from "@earwitness/shared";
import { and, desc, eq, gte, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { calls, jobFailures, jobs } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";
import { amongVisibleCalls } from "./visible-calls.ts";

/** A job that was tried more often shows its last attempts. */
const MAX_FAILURES = 100;

export interface JobsFilter {
  readonly state?: JobState | undefined;
  readonly kind?: string | undefined;
  /** What the last attempt failed of. */
  readonly code?: string | undefined;
  readonly isDismissed?: boolean | undefined;
  /** Begun at or after. */
  readonly from?: Date | undefined;
}

/** A place in the list: newest first, then by id. */
export interface JobsPosition {
  readonly createdAt: Date;
  readonly id: JobId;
}

/**
 * Who looks: `all` of the workspace's jobs with what vendors answered, for those who look after the system; asked as the system, the dead
 * ones of no workspace with the codes alone, for the same people; or those that `requester` has asked for, as a person is told of them.
 */
export type JobsViewer = { readonly sees: "all" | "nobodys" } | { readonly sees: "own"; readonly requester: string };

/** `next` is where the following page begins, null at the end. */
export interface JobsPage {
  readonly jobs: JobView[];
  readonly next: JobsPosition | null;
}

/** What is told of why a job of no workspace failed: a mail's server may have named the person whom it is to. */
export const UNTOLD_FAILURE = "A job of no workspace. What it failed of may name a person: only its row tells that.";

/** One page of the jobs, newest first, after `after`. */
export async function listJobs(
  scope: Scope,
  viewer: JobsViewer,
  options: { filter: JobsFilter; after: JobsPosition | null; limit: number },
): Promise<JobsPage> {
  const { filter, after, limit } = options;
  const rows = await selectJobs(scope)
    .where(and(among(scope, viewer), matching(filter), after === null ? undefined : below(after)))
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.job;
  return {
    jobs: page.map((row) => toView(row, viewer)),
    next: rows.length > limit && last !== undefined ? { createdAt: last.createdAt, id: last.id } : null,
  };
}

/** The page that pages of the same place and `limit` make together. */
export function mergeJobs(pages: readonly JobsPage[], limit: number): JobsPage {
  const orderOf = ({ createdAt, id }: JobView) => `${createdAt} ${id}`;
  const all = pages.flatMap(({ jobs }) => jobs).toSorted((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  const page = all.slice(0, limit);
  const last = page.at(-1);
  const hasMore = all.length > limit || pages.some(({ next }) => next !== null);
  return { jobs: page, next: hasMore && last ? { createdAt: new Date(last.createdAt), id: last.id } : null };
}

/** One job with each attempt of it that failed. Throws `not_found`, also for one that is not the viewer's to see. */
export async function readJob(scope: Scope, viewer: JobsViewer, id: JobId): Promise<JobDetail> {
  const [row] = await selectJobs(scope).where(and(among(scope, viewer), eq(jobs.id, id)));
  if (row === undefined) throw notFound("The job");
  const failures = await scope.db
    .select()
    .from(jobFailures)
    .where(and(eq(jobFailures.jobId, id), inWorkspace(scope, jobFailures.workspaceId)))
    .orderBy(desc(jobFailures.at), desc(jobFailures.attempt))
    .limit(MAX_FAILURES);
  return { ...toView(row, viewer), failures: failures.map((failure) => failureOf(errorOf(failure), viewer)) };
}

function selectJobs(scope: Scope) {
  const { direction, fromAddress, toAddress } = calls;
  return scope.db
    .select({ job: jobs, call: { direction, fromAddress, toAddress } })
    .from(jobs)
    .leftJoin(calls, and(eq(calls.id, jobs.callId), amongVisibleCalls(scope)))
    .$dynamic();
}

function among(scope: Scope, viewer: JobsViewer): SQL | undefined {
  if (viewer.sees === "nobodys") return and(isNull(jobs.workspaceId), eq(jobs.state, "dead"));
  return and(
    inWorkspace(scope, jobs.workspaceId),
    viewer.sees === "own" ? eq(jobs.requestedBy, viewer.requester) : undefined,
  );
}

function matching({ state, kind, code, isDismissed, from }: JobsFilter): SQL | undefined {
  return and(
    state && eq(jobs.state, state),
    kind === undefined ? undefined : sql`${jobs.kind} = ${kind}`,
    code === undefined ? undefined : sql`${jobs.lastError} ->> 'code' = ${code}`,
    isDismissed === undefined ? undefined : (isDismissed ? isNotNull : isNull)(jobs.dismissedAt),
    from && gte(jobs.createdAt, from),
  );
}

/** A row comparison, which walks the list's index from the place on. */
function below({ createdAt, id }: JobsPosition): SQL {
  return sql`(${jobs.createdAt}, ${jobs.id}) < (${createdAt.toISOString()}::timestamptz, ${sql.param(id, jobs.id)}::uuid)`;
}

type Row = Awaited<ReturnType<typeof selectJobs>>[number];

function toView({ job, call }: Row, viewer: JobsViewer): JobView {
  const entry = jobEntryOf(job.kind);
  const { progressDone, progressTotal, progressUnit, lastError } = job;
  return {
    id: job.id,
    kind: job.kind,
    queue: entry?.queue ?? null,
    state: job.state,
    callId: call === null ? null : job.callId,
    callLabel: call === null ? null : call.direction === "inbound" ? call.fromAddress : call.toAddress,
    requestedBy: job.requestedBy,
    attempts: job.attempts,
    maxAttempts: entry?.maxAttempts ?? null,
    progress:
      progressDone === null || progressUnit === null
        ? null
        : { done: progressDone, total: progressTotal, unit: progressUnit },
    createdAt: job.createdAt.toISOString(),
    startedAt: instant(job.startedAt),
    dueAt: job.state === "queued" ? job.runAfter.toISOString() : null,
    finishedAt: instant(job.finishedAt),
    isCancelling: job.state === "running" && job.cancelRequestedAt !== null,
    isDismissed: job.dismissedAt !== null,
    lastFailure: lastError === null ? null : failureOf({ attempt: job.attempts, vendor: null, ...lastError }, viewer),
  };
}

function errorOf(row: typeof jobFailures.$inferSelect): JobError {
  const { attempt, at, code, message, vendor, vendorStatus, vendorRequestId, vendorAnswer } = row;
  return {
    attempt,
    at: at.toISOString(),
    code,
    message,
    vendor: vendor === null ? null : { vendor, status: vendorStatus, requestId: vendorRequestId, answer: vendorAnswer },
  };
}

/** What a vendor said, and what went wrong inside of us, is for those who look after the system. */
function failureOf({ attempt, at, code, message, vendor }: JobError, { sees }: JobsViewer): JobFailureView {
  if (sees === "own") return { attempt, at, code, message: failureMessageForPerson({ code, message }), vendor: null };
  const isUntold = sees === "nobodys";
  const said =
    vendor === null
      ? null
      : {
          name: vendor.vendor,
          status: vendor.status,
          requestId: vendor.requestId,
          answer: isUntold ? null : vendor.answer,
        };
  return { attempt, at, code, message: isUntold ? UNTOLD_FAILURE : message, vendor: said };
}
