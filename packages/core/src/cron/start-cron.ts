import type { CronName, JobId } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";

/** Has a scheduled work run now, by a job, besides its schedule. */
export async function startCron(ctx: Context<WorkspaceActor>, name: CronName): Promise<JobId> {
  const { actor } = ctx;
  const requestedBy = actor.kind === "user" ? actor.userId : actor.keyId;
  return ctx.unitOfWork(async (tx) => {
    const jobId = await tx.jobs.add({
      workspaceId: actor.workspaceId,
      kind: "cron.run",
      // Each wish is one run: twice at once does no harm.
      key: `cron.run/${name}/${ctx.newId("cronRun")}`,
      payload: { name, requestedBy },
    });
    await tx.audit.append({ action: "cron.run", object: { kind: "cron", id: name }, details: { jobId } });
    return jobId;
  });
}
