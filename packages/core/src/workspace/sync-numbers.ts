import type { JobId } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";

/** Asking again within this time is the same wish: a second press starts no second job. */
const SAME_WISH_MS = 10_000;

/** Asks the carrier, by a job, which numbers it has for us, and takes those that belong to nobody. */
export async function syncNumbers(ctx: Context<WorkspaceActor>): Promise<JobId> {
  const { workspaceId } = ctx.actor;
  const wish = Math.floor(ctx.clock.now().getTime() / SAME_WISH_MS);
  return ctx.unitOfWork(async (tx) => {
    const jobId = await tx.jobs.add({
      workspaceId,
      kind: "numbers.sync",
      key: `numbers.sync/${workspaceId}/${wish}`,
      payload: { workspaceId },
    });
    const object = { kind: "workspace", id: workspaceId };
    await tx.audit.append({ action: "numbers.synced", object, details: { jobId } });
    return jobId;
  });
}
