import type { PickJobs } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";

/** Leaves dead jobs of the workspace as they are, seen: they are counted among what is to be looked at no more. Returns how many. */
export async function dismissJobs(ctx: Context<WorkspaceActor>, pick: PickJobs): Promise<number> {
  return ctx.unitOfWork(async (tx) => {
    const dismissed = await tx.jobs.dismiss(pick, ctx.clock.now());
    const [first] = dismissed;
    if (first === undefined) return 0;
    await tx.outbox.tellJob(ctx.actor.workspaceId);
    await tx.audit.append({
      action: "job.dismissed",
      object: { kind: "job", id: first },
      // An entry stays small however many there were; the request says which.
      details: { count: dismissed.length, ...("kind" in pick ? pick : {}) },
    });
    return dismissed.length;
  });
}
