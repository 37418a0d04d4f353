import type { UserId, WorkspaceId } from "@earwitness/shared";
import type { Context } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";

/**
 * Makes a person's own workspace within the transaction at hand: they own it, and a job asks the carrier which numbers it has.
 */
export async function createWorkspaceForUser(
  ctx: Pick<Context, "newId">,
  tx: Pick<Repositories, "workspaces" | "jobs">,
  user: { id: UserId; email: string },
): Promise<WorkspaceId> {
  const workspaceId = ctx.newId("workspace");
  await tx.workspaces.add({ id: workspaceId, name: `Workspace of ${user.email}` });
  await tx.workspaces.addMember({ workspaceId, userId: user.id, role: "owner" });
  await tx.jobs.add({
    workspaceId,
    kind: "numbers.sync",
    key: `numbers.sync/${workspaceId}/first`,
    payload: { workspaceId },
  });
  return workspaceId;
}
