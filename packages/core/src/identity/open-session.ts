import { notFound, type UserId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { createWorkspaceForUser } from "../workspace/create-workspace.ts";

export interface OpenSession {
  readonly userId: UserId;
  readonly tokenSha256: string;
  readonly expiresAt: Date;
}

/**
 * Opens a session for someone whose address is proven. Who has no workspace yet gets one in the same transaction, so that
 * nobody is ever signed in to nowhere. The user is locked meanwhile: two first sign-ins at once make one workspace.
 */
export async function openSession(ctx: Context<SystemActor>, input: OpenSession): Promise<{ workspaceMade: boolean }> {
  return ctx.unitOfWork(async (tx) => {
    await tx.users.lock(input.userId);
    const user = await tx.users.find(input.userId);
    if (user === null) throw notFound("The user");
    const isNew = (await tx.users.memberships(user.id)).length === 0;
    if (isNew) await createWorkspaceForUser(ctx, tx, user);
    await tx.sessions.add(input);
    return { workspaceMade: isNew };
  });
}
