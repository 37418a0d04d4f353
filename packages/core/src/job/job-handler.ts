import type { Failure } from "@earwitness/shared";
import type { z } from "zod";
import type { Context, SystemActor } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import type { JobEntry, JobKind } from "./job.ts";

/** What one kind of job does. Both can happen more than once: what is done already is found done. */
export interface JobWork<P> {
  /**
   * Does the job, or throws. An `EarwitnessError` says whether trying again may help and when; anything else counts as worth
   * trying again. `signal` is aborted when the time limit has passed.
   */
  run(ctx: Context<SystemActor>, payload: P, signal: AbortSignal): Promise<void>;
  /** Says on the job's own subject, in the transaction that gives the job up, why it came to nothing. */
  giveUp?(ctx: Context<SystemActor>, tx: Repositories, payload: P, failure: Failure): Promise<void>;
}

/** A kind's work with the payload still unread: what the runner handles. */
export interface JobHandler {
  readonly entry: JobEntry;
  run(ctx: Context<SystemActor>, payload: unknown, signal: AbortSignal): Promise<void>;
  giveUp(ctx: Context<SystemActor>, tx: Repositories, payload: unknown, failure: Failure): Promise<void>;
}

export type JobHandlers = Readonly<Record<JobKind, JobHandler>>;

/** Joins a kind's entry in the catalogue with its work. */
export function jobHandler<P extends z.ZodType>(entry: JobEntry<P>, work: JobWork<z.infer<P>>): JobHandler {
  return {
    entry,
    run: (ctx, payload, signal) => work.run(ctx, entry.payload.parse(payload), signal),
    async giveUp(ctx, tx, payload, failure) {
      const parsed = entry.payload.safeParse(payload);
      if (parsed.success) await work.giveUp?.(ctx, tx, parsed.data, failure);
    },
  };
}
