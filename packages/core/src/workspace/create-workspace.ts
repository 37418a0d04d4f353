import { EarwitnessError, notFound, type UserId, type WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor, UserActor } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";

/** Nobody runs more businesses than this; whoever makes more is not one. */
const MOST_OWNED = 20;

/**
 * Makes another workspace for somebody who has one, and owns the new one too. It acts as the system, because the new one is not
 * where they act. Throws `conflict` for who owns `MOST_OWNED` already.
 */
export async function createWorkspace(
  ctx: Context<SystemActor>,
  { userId }: Pick<UserActor, "userId">,
  name: string,
): Promise<WorkspaceId> {
  return ctx.unitOfWork(async (tx) => {
    await tx.users.lock(userId);
    const user = await tx.users.find(userId);
    if (user === null) throw notFound("The user");
    const owned = (await tx.users.memberships(userId)).filter(({ role }) => role === "owner");
    if (owned.length >= MOST_OWNED) {
      throw new EarwitnessError("conflict", `You own ${MOST_OWNED} workspaces, and nobody may own more.`);
    }
    return createWorkspaceForUser(ctx, tx, user, name);
  });
}

/**
 * Makes a person's own workspace within the transaction at hand: they own it, and a job asks the carrier which numbers it has.
 */
export async function createWorkspaceForUser(
  ctx: Pick<Context, "newId">,
  tx: Pick<Repositories, "workspaces" | "jobs" | "audit">,
  user: { id: UserId; email: string },
  name = `Workspace of ${user.email}`,
): Promise<WorkspaceId> {
  const workspaceId = ctx.newId("workspace");
  await tx.workspaces.add({ id: workspaceId, name });
  await tx.workspaces.addMember({ workspaceId, userId: user.id, role: "owner" });
  await tx.jobs.add({
    workspaceId,
    kind: "numbers.sync",
    key: `numbers.sync/${workspaceId}/first`,
    payload: { workspaceId },
  });
  await tx.audit.append({
    action: "workspace.created",
    object: { kind: "workspace", id: workspaceId },
    details: { name },
    workspaceId,
    by: { kind: "user", id: user.id },
  });
  return workspaceId;
}
