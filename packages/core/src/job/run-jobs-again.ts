import { EarwitnessError, type JobId, type JobsRunAgain, type PickJobs } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, SystemActor, WorkspaceActor } from "../context.ts";
import type { JobRecord, Repositories } from "../ports/repositories/index.ts";
import { jobEntryOf, unknownKindReason } from "./job.ts";
import { JOB_SUBJECTS } from "./job-subjects.ts";

/** So many in one transaction: their subjects are held while it lasts. */
const JOBS_AT_A_TIME = 25;
/** So many of one request; whoever has more asks again. */
const MOST_AT_ONCE = 500;

/**
 * Runs dead jobs of the workspace, and, as the `system`, of no workspace, again, from their first attempt: those named, or all of one
 * kind and cause that nobody has dismissed, 500 at most. Their failures are kept. What each is for hears of it in the same transaction; one whose subject is no more, or cannot
 * be begun again now, stays dead and keeps no other from running. Jobs that are not dead are left alone. Returns how many run again,
 * and which could not.
 */
export async function runJobsAgain(
  ctx: Context<WorkspaceActor>,
  system: Context<SystemActor>,
  pick: PickJobs,
): Promise<JobsRunAgain> {
  const done: JobsRunAgain = { changed: 0, refused: [] };
  let left = MOST_AT_ONCE;
  for (const acting of [ctx, system]) {
    const dead = await acting.unitOfWork((tx) => tx.jobs.dead(pick, left));
    left -= dead.length;
    for (let start = 0; start < dead.length; start += JOBS_AT_A_TIME) {
      const { changed, refused } = await runSomeAgain(acting, ctx.actor, dead.slice(start, start + JOBS_AT_A_TIME));
      done.changed += changed;
      done.refused.push(...refused);
    }
  }
  return done;
}

async function runSomeAgain(ctx: Context, actor: WorkspaceActor, ids: readonly JobId[]): Promise<JobsRunAgain> {
  return ctx.unitOfWork(async (tx) => {
    const reopened: JobRecord[] = [];
    const refused: JobsRunAgain["refused"] = [];
    for (const job of await tx.jobs.lockDead(ids)) {
      const reason = await reopenSubject(ctx, tx, job);
      if (reason === null) reopened.push(job);
      else refused.push({ jobId: job.id, reason });
    }
    const [first] = reopened;
    if (first === undefined) return { changed: 0, refused };
    await tx.jobs.reopen(reopened, ctx.clock.now());
    await tx.outbox.tellJob(actor.workspaceId);
    await tx.audit.append({
      action: "job.run_again",
      object: { kind: "job", id: first.id },
      details: { kind: first.kind, jobIds: reopened.map(({ id }) => id) },
      workspaceId: actor.workspaceId,
      by: { kind: actor.kind, id: actorName(actor) },
    });
    return { changed: reopened.length, refused };
  });
}

/** Why what the job is for cannot be begun again; null where it can. A record that is away is no reason of the job's. */
async function reopenSubject(ctx: Context, tx: Repositories, job: JobRecord): Promise<string | null> {
  if (jobEntryOf(job.kind) === null) return unknownKindReason(job.kind);
  try {
    await JOB_SUBJECTS[job.kind].runAgain(ctx, tx, job.payload);
    return null;
  } catch (error) {
    if (error instanceof EarwitnessError && !error.retryable) return error.message;
    throw error;
  }
}
