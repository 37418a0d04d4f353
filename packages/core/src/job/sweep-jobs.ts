import type { JobId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobQueue } from "../ports/index.ts";
import type { QueueName } from "./job.ts";

/** A message that has not led to an attempt within this time is taken for lost. */
const LOST_AFTER_MS = 20_000;
/** What a sweep sends at most; the next one is a minute away. */
const JOBS_PER_SWEEP = 500;

/** Sends for jobs that nobody attends to: their message was lost, or whoever ran them died. Returns how many. */
export async function sweepJobs(ctx: Context<SystemActor>, jobQueue: JobQueue): Promise<number> {
  const now = ctx.clock.now();
  const enqueuedBefore = new Date(now.getTime() - LOST_AFTER_MS);
  const forgotten = await ctx.unitOfWork((tx) =>
    tx.jobs.claimForgotten({ now, enqueuedBefore, limit: JOBS_PER_SWEEP }),
  );
  const byQueue = new Map<QueueName, JobId[]>();
  for (const { id, queue } of forgotten) byQueue.set(queue, [...(byQueue.get(queue) ?? []), id]);
  for (const [queue, ids] of byQueue) await jobQueue.send(queue, ids);
  return forgotten.length;
}
