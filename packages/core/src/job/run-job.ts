import type { JobId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobRecord, Repositories } from "../ports/repositories/index.ts";
import type { VendorGate } from "../vendor/index.ts";
import { type AttemptEnd, attempt, leaseEnd } from "./attempt.ts";
import { backoffMs } from "./backoff.ts";
import { gateReportOf } from "./gate-report.ts";
import type { QueueName } from "./job.ts";
import { failureForPerson, type JobFailure, jobErrorOf } from "./job-failure.ts";
import type { JobHandler, JobHandlers } from "./job-handler.ts";
import type { JobSubjects } from "./job-subject.ts";
import { JOB_SUBJECTS } from "./job-subjects.ts";
import { passGate } from "./pass-gate.ts";
import { tellRequester } from "./tell-requester.ts";

const RETRY = { baseMs: 1_000, capMs: 10 * 60_000 };

export interface JobRunner {
  readonly handlers: JobHandlers;
  readonly gate: VendorGate;
  /** Those of the product where it is left out. */
  readonly subjects?: JobSubjects;
}

export type JobOutcome =
  /** Nothing to do: not due, done, or in another's hands. */
  | { readonly kind: "passed" }
  | { readonly kind: "done" }
  | { readonly kind: "cancelled" }
  /** It goes on in another attempt: at once, or after what it failed of. */
  | { readonly kind: "again"; readonly queue: QueueName; readonly delayMs: number }
  | { readonly kind: "dead" };

/**
 * Runs a job once, if it is due, nobody else has it, and the vendor that it asks is to be asked now: else it waits, which counts
 * as no attempt. The lease is renewed while it runs, so that one whose runner died is
 * taken up within half a minute however long such jobs may take. A failed attempt is put off, exponentially with jitter and
 * as the vendor asks; the last one, or one that cannot go better, buries the job and says why on its subject. So does an attempt
 * past the last: then those who ran it died of it. Throws only when the record cannot be reached: then the message must come
 * again.
 */
export async function runJob(ctx: Context<SystemActor>, runner: JobRunner, id: JobId): Promise<JobOutcome> {
  const { handlers, gate, subjects = JOB_SUBJECTS } = runner;
  const job = await ctx.unitOfWork(async (tx) => {
    const leased = await tx.jobs.lease(id, { now: ctx.clock.now(), leasedUntil: leaseEnd(ctx) });
    if (leased !== null) await tellRequester(tx, leased);
    return leased;
  });
  if (job === null) return { kind: "passed" };
  const handler = handlers[job.kind];
  if (job.cancelRequestedAt !== null) return cancel(ctx, subjects, job);
  if (job.attempts > handler.entry.maxAttempts) return bury(ctx, subjects, job, neverCameBack);

  const startedAt = ctx.clock.now().getTime();
  const passed = await passGate(ctx, gate, handler.entry.vendor, `${id}/${job.attempts}/${startedAt}`);
  if ("waitMs" in passed) return wait(ctx, { handler, subjects, job }, passed.waitMs);
  const end = await attempt(ctx, handler, job, passed);
  const durationMs = ctx.clock.now().getTime() - startedAt;
  const left = passed.leave(gateReportOf(end, durationMs));
  try {
    return await settle(ctx, { handler, subjects, job, end, durationMs });
  } finally {
    await left;
  }
}

/** A job that is ours, with what is needed to end its attempt. */
interface Leased {
  readonly handler: JobHandler;
  readonly subjects: JobSubjects;
  readonly job: JobRecord;
}

interface Attempted extends Leased {
  readonly end: AttemptEnd;
  readonly durationMs: number;
}

/** Writes down how an attempt came out, and what follows. */
async function settle(ctx: Context<SystemActor>, attempted: Attempted): Promise<JobOutcome> {
  const { handler, subjects, job, end, durationMs } = attempted;
  const { id, kind, callId, workspaceId } = job;
  const about = { jobId: id, kind, callId, workspaceId, attempt: job.attempts, durationMs };
  switch (end.kind) {
    case "done":
    case "unasked":
      await whileOurs(ctx, job, (tx) => tx.jobs.finish(job, ctx.clock.now()));
      ctx.log.info("A job is done", about);
      return { kind: "done" };
    case "more":
      return goBack(ctx, attempted, 0, (tx) => tx.jobs.goOn(job, ctx.clock.now()));
    case "lost":
      ctx.log.warn("A job has gone to another runner", about);
      return { kind: "passed" };
    case "cancelled":
      ctx.log.info("A job was cancelled", about);
      return cancel(ctx, subjects, job);
    case "failed": {
      const { failure } = end;
      const told = { ...about, failure: failure.code, reason: failure.message };
      if (failure.isRetryable && job.attempts < handler.entry.maxAttempts) {
        ctx.log.warn("A job failed and is tried again", told);
        return putOff(ctx, attempted, failure);
      }
      ctx.log.error("A job is given up", told);
      return bury(ctx, subjects, job, failure);
    }
  }
}

const neverCameBack: JobFailure = {
  code: "internal",
  message: "Whoever ran the job died of it, each time.",
  isRetryable: false,
  retryAfterMs: null,
  vendor: null,
};

/** Ends the attempt by `change`, which says whether it was still ours, and tells whoever asked for the job. */
async function whileOurs(
  ctx: Context<SystemActor>,
  job: JobRecord,
  change: (tx: Repositories) => Promise<boolean>,
): Promise<boolean> {
  return ctx.unitOfWork(async (tx) => {
    if (!(await change(tx))) return false;
    await tellRequester(tx, job);
    return true;
  });
}

/**
 * Puts a job back on its queue by `change`. One that somebody wants no more by then ends here: nobody runs it now who would hear of
 * that, and its next attempt may be an hour away.
 */
async function goBack(
  ctx: Context<SystemActor>,
  { handler, subjects, job }: Leased,
  delayMs: number,
  change: (tx: Repositories) => Promise<boolean>,
): Promise<JobOutcome> {
  let isWanted = true;
  const isOurs = await whileOurs(ctx, job, async (tx) => {
    if (!(await change(tx))) return false;
    // The row is ours since the change: whoever asks from here on finds a job that waits.
    isWanted = (await tx.jobs.lock(job.id)).cancelRequestedAt === null;
    if (isWanted) return true;
    await tx.jobs.cancelWaiting(job, ctx.clock.now());
    await subjects[job.kind].cancelled(ctx, tx, job.payload);
    return true;
  });
  if (!isOurs) return { kind: "passed" };
  return isWanted ? { kind: "again", queue: handler.entry.queue, delayMs } : { kind: "cancelled" };
}

/** Nothing was tried: the next attempt has this one's number. */
async function wait(ctx: Context<SystemActor>, leased: Leased, delayMs: number): Promise<JobOutcome> {
  const { handler, job } = leased;
  const runAfter = new Date(ctx.clock.now().getTime() + delayMs);
  const { vendor } = handler.entry;
  ctx.log.info("A job waits for its vendor", { jobId: job.id, kind: job.kind, vendor, delayMs });
  return goBack(ctx, leased, delayMs, (tx) => tx.jobs.giveBack(job, runAfter));
}

async function putOff(ctx: Context<SystemActor>, leased: Leased, failure: JobFailure): Promise<JobOutcome> {
  const { job } = leased;
  const delayMs = Math.max(failure.retryAfterMs ?? 0, backoffMs(job.attempts, RETRY, ctx.random));
  const now = ctx.clock.now();
  const runAfter = new Date(now.getTime() + delayMs);
  return goBack(ctx, leased, delayMs, (tx) => tx.jobs.retryLater(job, runAfter, jobErrorOf(failure, job, now)));
}

async function cancel(ctx: Context<SystemActor>, subjects: JobSubjects, job: JobRecord): Promise<JobOutcome> {
  const isOurs = await whileOurs(ctx, job, async (tx) => {
    if (!(await tx.jobs.endCancelled(job, ctx.clock.now()))) return false;
    await subjects[job.kind].cancelled(ctx, tx, job.payload);
    return true;
  });
  return { kind: isOurs ? "cancelled" : "passed" };
}

async function bury(
  ctx: Context<SystemActor>,
  subjects: JobSubjects,
  job: JobRecord,
  failure: JobFailure,
): Promise<JobOutcome> {
  const at = ctx.clock.now();
  const isOurs = await whileOurs(ctx, job, async (tx) => {
    if (!(await tx.jobs.bury(job, jobErrorOf(failure, job, at)))) return false;
    await subjects[job.kind].giveUp(ctx, tx, job.payload, failureForPerson(failure, at));
    return true;
  });
  return { kind: isOurs ? "dead" : "passed" };
}
