import type { PickJobs } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, SystemActor, WorkspaceActor } from "../context.ts";

/** So many ids of one dismissal are in the audit log. */
const MOST_NAMED = 100;

/**
 * Leaves dead jobs of the workspace, and, as the `system`, of no workspace, as they are, seen: they are counted among what is to be looked
 * at no more. Returns how many.
 */
export async function dismissJobs(
  ctx: Context<WorkspaceActor>,
  system: Context<SystemActor>,
  pick: PickJobs,
): Promise<number> {
  return (await dismiss(ctx, ctx.actor, pick)) + (await dismiss(system, ctx.actor, pick));
}

async function dismiss(ctx: Context, actor: WorkspaceActor, pick: PickJobs): Promise<number> {
  return ctx.unitOfWork(async (tx) => {
    const dismissed = await tx.jobs.dismiss(pick, ctx.clock.now());
    const [first] = dismissed;
    if (first === undefined) return 0;
    await tx.outbox.tellJob(actor.workspaceId);
    await tx.audit.append({
      action: "job.dismissed",
      object: { kind: "job", id: first },
      details: {
        count: dismissed.length,
        ...("kind" in pick ? pick : {}),
        // An entry stays small however many there were.
        jobIds: dismissed.slice(0, MOST_NAMED),
      },
      workspaceId: actor.workspaceId,
      by: { kind: actor.kind, id: actorName(actor) },
    });
    return dismissed.length;
  });
}
