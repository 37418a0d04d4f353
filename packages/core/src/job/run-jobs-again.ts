import { EarwitnessError, type JobId, type PickJobs } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import type { JobRecord, Repositories } from "../ports/repositories/index.ts";
import { JOB_SUBJECTS } from "./job-subjects.ts";

/** So many in one transaction: their subjects are held while it lasts. */
const JOBS_AT_A_TIME = 25;
/** So many of one request; whoever has more asks again. */
const MOST_AT_ONCE = 500;

/**
 * Runs dead jobs of the workspace again, from their first attempt: those named, or all of one kind and cause, 500 at most. Their
 * failures are kept. What each is for hears of it in the same transaction; one whose subject is no more stays dead. Jobs that are not
 * dead are left alone. Returns how many run again.
 */
export async function runJobsAgain(ctx: Context<WorkspaceActor>, pick: PickJobs): Promise<number> {
  const dead = await ctx.unitOfWork((tx) => tx.jobs.dead(pick, MOST_AT_ONCE));
  let changed = 0;
  for (let start = 0; start < dead.length; start += JOBS_AT_A_TIME) {
    changed += await runSomeAgain(ctx, dead.slice(start, start + JOBS_AT_A_TIME));
  }
  return changed;
}

async function runSomeAgain(ctx: Context<WorkspaceActor>, ids: readonly JobId[]): Promise<number> {
  return ctx.unitOfWork(async (tx) => {
    const reopened: JobRecord[] = [];
    for (const job of await tx.jobs.lockDead(ids)) if (await reopenSubject(ctx, tx, job)) reopened.push(job);
    const [first] = reopened;
    if (first === undefined) return 0;
    await tx.jobs.reopen(reopened, ctx.clock.now());
    await tx.outbox.tellJob(ctx.actor.workspaceId);
    await tx.audit.append({
      action: "job.run_again",
      object: { kind: "job", id: first.id },
      details: { kind: first.kind, jobIds: reopened.map(({ id }) => id) },
    });
    return reopened.length;
  });
}

/** Whether there is still something to be done for. */
async function reopenSubject(ctx: Context<WorkspaceActor>, tx: Repositories, job: JobRecord): Promise<boolean> {
  try {
    await JOB_SUBJECTS[job.kind].runAgain(ctx, tx, job.payload);
    return true;
  } catch (error) {
    if (error instanceof EarwitnessError && error.code === "not_found") return false;
    throw error;
  }
}
