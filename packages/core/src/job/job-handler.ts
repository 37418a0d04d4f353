import type { z } from "zod";
import type { Context, SystemActor } from "../context.ts";
import type { JobProgress } from "../ports/repositories/index.ts";
import type { JobEntry, JobKind } from "./job.ts";

/** What an attempt may know and say of itself while it runs. */
export interface JobStep {
  /** Aborted when the time limit has passed, when somebody cancels the job, and when it has gone to another runner. */
  readonly signal: AbortSignal;
  /**
   * Says how far the job is, `total` null while nobody knows. Asked as often as one likes, it writes once a second at most.
   * Throws where the attempt must end: the job was cancelled, or is not ours any more. Let it pass.
   */
  progress(done: number, total: number | null, unit: JobProgress["unit"]): Promise<void>;
  /** Throws where the attempt must end, and says nothing. */
  checkCancelled(): Promise<void>;
}

/**
 * A long job does a part of its work, keeps its own place, and goes on in another attempt at once, from there. No attempt has
 * failed by that: they are counted from the beginning.
 */
export interface JobMore {
  readonly kind: "more";
}

/**
 * The job found its work done, or not wanted any more, and did not ask its vendor: how that does was not seen. It is done like any
 * other.
 */
export interface JobUnasked {
  readonly kind: "unasked";
}

/**
 * What one kind of job does. What its subject is told when it is given up, cancelled or run again is with the subjects
 * (`JOB_SUBJECTS`): that can be asked of the API as well.
 */
export interface JobWork<P> {
  /**
   * Does the job, or throws. It can happen more than once: what is done already is found done. An `EarwitnessError` says whether
   * trying again may help and when; anything else counts as worth trying again.
   */
  run(ctx: Context<SystemActor>, payload: P, step: JobStep): Promise<void> | Promise<JobMore | JobUnasked | undefined>;
}

/** A kind's work with the payload still unread: what the runner handles. */
export interface JobHandler {
  readonly entry: JobEntry;
  run(ctx: Context<SystemActor>, payload: unknown, step: JobStep): Promise<JobMore | JobUnasked | null>;
}

export type JobHandlers = Readonly<Record<JobKind, JobHandler>>;

/** Joins a kind's entry in the catalogue with its work. */
export function jobHandler<P extends z.ZodType>(entry: JobEntry<P>, work: JobWork<z.infer<P>>): JobHandler {
  return {
    entry,
    run: async (ctx, payload, step) => (await work.run(ctx, entry.payload.parse(payload), step)) ?? null,
  };
}
