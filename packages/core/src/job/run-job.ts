import { EarwitnessError, type JobId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobRecord } from "../ports/repositories/index.ts";
import { backoffMs } from "./backoff.ts";
import type { QueueName } from "./job.ts";
import { failureForPerson, type JobFailure, jobFailureOf } from "./job-failure.ts";
import type { JobHandler, JobHandlers } from "./job-handler.ts";

/** How long a runner that dies leaves its job unattended. */
const LEASE_MS = 30_000;
/** Three renewals may fail before the job counts as unattended. */
const RENEWAL_MS = 8_000;
const RETRY = { baseMs: 1_000, capMs: 10 * 60_000 };

export type JobOutcome =
  /** Nothing to do: not due, done, or in another's hands. */
  | { readonly kind: "passed" }
  | { readonly kind: "done" }
  | { readonly kind: "retry"; readonly queue: QueueName; readonly delayMs: number }
  | { readonly kind: "dead" };

/**
 * Runs a job once, if it is due and nobody else has it. The lease is renewed while it runs, so that one whose runner died is
 * taken up within half a minute however long such jobs may take. A failed attempt is put off, exponentially with jitter and
 * as the vendor asks; the last one, or one that cannot go better, buries the job and says why on its subject. So does an attempt
 * past the last: then those who ran it died of it. Throws only when the record cannot be reached: then the message must come
 * again.
 */
export async function runJob(ctx: Context<SystemActor>, handlers: JobHandlers, id: JobId): Promise<JobOutcome> {
  const leased = await ctx.unitOfWork((tx) => tx.jobs.lease(id, { now: ctx.clock.now(), leasedUntil: leaseEnd(ctx) }));
  if (leased === null) return { kind: "passed" };
  const handler = handlers[leased.kind];
  if (leased.attempts > handler.entry.maxAttempts) return bury(ctx, leased, handler, neverCameBack);
  const startedAt = ctx.clock.now().getTime();
  const failure = await attempt(ctx, handler, leased);
  const durationMs = ctx.clock.now().getTime() - startedAt;
  const about = { jobId: id, kind: leased.kind, attempt: leased.attempts, durationMs };
  if (failure === null) {
    await ctx.unitOfWork((tx) => tx.jobs.finish(leased, ctx.clock.now()));
    ctx.log.info("A job is done", about);
    return { kind: "done" };
  }
  const { code, message } = failure;
  if (failure.isRetryable && leased.attempts < handler.entry.maxAttempts) {
    ctx.log.warn("A job failed and is tried again", { ...about, failure: code, reason: message });
    return putOff(ctx, leased, handler, failure);
  }
  ctx.log.error("A job is given up", { ...about, failure: code, reason: message });
  return bury(ctx, leased, handler, failure);
}

const neverCameBack: JobFailure = {
  code: "internal",
  message: "Whoever ran the job died of it, each time.",
  isRetryable: false,
  retryAfterMs: null,
};

async function attempt(ctx: Context<SystemActor>, handler: JobHandler, job: JobRecord): Promise<JobFailure | null> {
  const limit = new AbortController();
  const { timeLimitMs } = handler.entry;
  const renewal = setInterval(() => {
    // A renewal that fails is made up for by the next; the attempt's number keeps a late finish from counting.
    ctx.unitOfWork((tx) => tx.jobs.renew(job, leaseEnd(ctx))).catch(() => {});
  }, RENEWAL_MS);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new EarwitnessError("timeout", `The job took longer than ${timeLimitMs / 1000} s.`);
        limit.abort(error);
        reject(error);
      }, timeLimitMs);
    });
    await Promise.race([handler.run(ctx, job.payload, limit.signal), tooLong]);
    return null;
  } catch (error) {
    return jobFailureOf(error);
  } finally {
    clearInterval(renewal);
    clearTimeout(timer);
  }
}

async function putOff(
  ctx: Context<SystemActor>,
  job: JobRecord,
  { entry }: JobHandler,
  failure: JobFailure,
): Promise<JobOutcome> {
  const delayMs = Math.max(failure.retryAfterMs ?? 0, backoffMs(job.attempts, RETRY, ctx.random));
  const now = ctx.clock.now().getTime();
  const error = { code: failure.code, message: failure.message, at: new Date(now).toISOString() };
  const isOurs = await ctx.unitOfWork((tx) => tx.jobs.retryLater(job, new Date(now + delayMs), error));
  return isOurs ? { kind: "retry", queue: entry.queue, delayMs } : { kind: "passed" };
}

async function bury(
  ctx: Context<SystemActor>,
  job: JobRecord,
  handler: JobHandler,
  failure: JobFailure,
): Promise<JobOutcome> {
  const at = ctx.clock.now();
  const error = { code: failure.code, message: failure.message, at: at.toISOString() };
  const isOurs = await ctx.unitOfWork(async (tx) => {
    if (!(await tx.jobs.bury(job, error))) return false;
    await handler.giveUp(ctx, tx, job.payload, failureForPerson(failure, at));
    return true;
  });
  return { kind: isOurs ? "dead" : "passed" };
}

function leaseEnd(ctx: Context): Date {
  return new Date(ctx.clock.now().getTime() + LEASE_MS);
}
