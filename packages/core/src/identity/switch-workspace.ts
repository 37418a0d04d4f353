import { notFound, type WorkspaceId } from "@earwitness/shared";
import type { Context, PersonActor, SystemActor, UserActor } from "../context.ts";
import type { ClosedSession } from "./end-session.ts";

/**
 * Has the person's session work in another of their workspaces. Its live sockets elsewhere are closed: what they told of is not
 * on screen any more. Throws `not_found` for a workspace to which the person does not belong, or where they are suspended.
 */
export async function switchWorkspace(
  ctx: Context<SystemActor>,
  { userId, sessionId }: PersonActor,
  workspaceId: WorkspaceId,
): Promise<{ actor: UserActor; closed: ClosedSession[] }> {
  return ctx.unitOfWork(async (tx) => {
    const memberships = await tx.users.memberships(userId);
    const chosen = memberships.find((membership) => membership.workspaceId === workspaceId);
    if (chosen === undefined) throw notFound("The workspace");
    await tx.sessions.setWorkspace(sessionId, workspaceId);
    const closed = memberships
      .filter((membership) => membership !== chosen)
      .map((membership) => ({ workspaceId: membership.workspaceId, sessionId }));
    for (const session of closed) await tx.outbox.renewSession(session.workspaceId, session.sessionId);
    return { actor: { kind: "user", userId, sessionId, ...chosen }, closed };
  });
}
