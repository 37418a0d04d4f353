import { EarwitnessError } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobHold, JobRecord } from "../ports/repositories/index.ts";
import { type JobFailure, jobFailureOf } from "./job-failure.ts";
import type { JobHandler, JobStep } from "./job-handler.ts";
import type { Passed } from "./pass-gate.ts";
import { tellRequester } from "./tell-requester.ts";

/** How long a runner that dies leaves its job unattended. */
const LEASE_MS = 30_000;
/** Three renewals may fail before the job counts as unattended. */
const RENEWAL_MS = 8_000;
/** Whoever looks on sees it move, and the row is not written more often than somebody can look. */
const PROGRESS_EVERY_MS = 1_000;

/** Why an attempt must end, other than by a failure. */
class AttemptOver extends Error {
  readonly why: "cancelled" | "lost";

  constructor(why: "cancelled" | "lost") {
    super(why === "cancelled" ? "The job was cancelled." : "The job has gone to another runner.");
    this.why = why;
  }
}

/** How an attempt came out. `lost`: the job is another runner's, and what becomes of it is not ours to say. */
export type AttemptEnd =
  | { readonly kind: "done" }
  | { readonly kind: "more" }
  | { readonly kind: "unasked" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "lost" }
  | { readonly kind: "failed"; readonly failure: JobFailure };

/** When the lease that is taken or renewed now ends. */
export function leaseEnd(ctx: Pick<Context, "clock">): Date {
  return new Date(ctx.clock.now().getTime() + LEASE_MS);
}

/**
 * Runs a leased job's work once, within its time limit. The lease is renewed meanwhile, which also brings word of a
 * cancellation and of the job's having gone to somebody else: both end the attempt, at once for a caller, and for work that listens to its signal.
 */
export async function attempt(
  ctx: Context<SystemActor>,
  handler: JobHandler,
  job: JobRecord,
  passed: Passed,
): Promise<AttemptEnd> {
  const stop = new AbortController();
  const { signal } = stop;
  const { timeLimitMs } = handler.entry;
  const heed = (hold: JobHold) => {
    if (hold === "ours") return;
    const over = new AttemptOver(hold === "cancelling" ? "cancelled" : "lost");
    stop.abort(over);
    throw over;
  };
  const renewal = setInterval(() => {
    void passed.renew();
    // A renewal that fails is made up for by the next; the attempt's number keeps a late finish from counting.
    ctx
      .unitOfWork((tx) => tx.jobs.renew(job, leaseEnd(ctx)))
      .then(heed)
      .catch(() => {});
  }, RENEWAL_MS);
  const limit = setTimeout(() => {
    stop.abort(new EarwitnessError("timeout", `The job took longer than ${timeLimitMs / 1000} s.`));
  }, timeLimitMs);
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    const result = await Promise.race([handler.run(ctx, job.payload, stepOf(ctx, job, signal, heed)), stopped]);
    return { kind: result?.kind ?? "done" };
  } catch (error) {
    // Work that is stopped throws whatever it likes.
    const cause: unknown = signal.aborted ? signal.reason : error;
    if (cause instanceof AttemptOver) return { kind: cause.why };
    return { kind: "failed", failure: jobFailureOf(cause) };
  } finally {
    clearInterval(renewal);
    clearTimeout(limit);
  }
}

function stepOf(
  ctx: Context<SystemActor>,
  job: JobRecord,
  signal: AbortSignal,
  heed: (hold: JobHold) => void,
): JobStep {
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    signal,
    async progress(done, total, unit) {
      signal.throwIfAborted();
      const now = ctx.clock.now().getTime();
      if (now - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = now;
      const noted = ctx.unitOfWork(async (tx) => {
        const hold = await tx.jobs.noteProgress(job, { done, total, unit });
        if (hold !== "lost") await tellRequester(tx, job);
        return hold;
      });
      // A record that is away is told the next time; a transfer is not broken off for it.
      heed(await noted.catch(() => "ours" as const));
    },
    async checkCancelled() {
      signal.throwIfAborted();
      heed(await ctx.unitOfWork((tx) => tx.jobs.look(job)));
    },
  };
}
