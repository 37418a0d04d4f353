import { EarwitnessError, type JobId, notFound } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, WorkspaceActor } from "../context.ts";
import { isAllowed } from "../identity/permissions.ts";
import type { JobRecord } from "../ports/repositories/index.ts";
import { jobEntryOf, unknownKindReason } from "./job.ts";
import { JOB_SUBJECTS } from "./job-subjects.ts";

/**
 * Cancels a job: one that waits at once, one that runs at its next step (`isCancelling` until then). What it has done stays done.
 * Throws `not_found` for one that somebody else asked for, unless the actor may act on all of the workspace's, and `conflict` for one
 * that is over, of a kind that is not known here, that deletes what is purged, which must not stay, or that is sending a mail. Asked
 * twice, it is done once.
 */
export async function cancelJob(ctx: Context<WorkspaceActor>, jobId: JobId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const job = await tx.jobs.lock(jobId);
    if (!mayCancel(ctx.actor, job)) throw notFound("The job");
    if (job.state !== "queued" && job.state !== "running") {
      throw new EarwitnessError("conflict", "The job is over: there is nothing to cancel.");
    }
    const entry = jobEntryOf(job.kind);
    if (entry === null) throw new EarwitnessError("conflict", unknownKindReason(job.kind));
    if (entry.isPromised) {
      throw new EarwitnessError("conflict", "It deletes what has been purged for good: that is not to be cancelled.");
    }
    if (entry.isBeyondRecall && job.state === "running") {
      throw new EarwitnessError("conflict", "The mail is being sent at this moment: it cannot be called back.");
    }
    if (job.cancelRequestedAt !== null) return;
    const now = ctx.clock.now();
    if (job.state === "running") await tx.jobs.requestCancel(job, now);
    else {
      await tx.jobs.cancelWaiting(job, now);
      await JOB_SUBJECTS[job.kind].cancelled(ctx, tx, job.payload);
    }
    await tx.outbox.tellJob(ctx.actor.workspaceId);
    const object = { kind: "job", id: jobId };
    await tx.audit.append({ action: "job.cancelled", object, details: { kind: job.kind, state: job.state } });
  });
}

function mayCancel(actor: WorkspaceActor, { requestedBy }: JobRecord): boolean {
  return requestedBy === actorName(actor) || isAllowed(actor, "ops:act");
}
