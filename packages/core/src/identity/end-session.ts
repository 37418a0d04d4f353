import type { WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";

/** A session or key that is no more, with the workspace in which its live sockets are to be closed. */
export interface ClosedSession {
  readonly workspaceId: WorkspaceId;
  readonly sessionId: string;
}

/**
 * Ends the session of a token; nothing where there is none. Its live sockets are closed by the outbox; who calls this may do
 * so at once as well, in the workspaces that it gives.
 */
export async function endSession(ctx: Context<SystemActor>, tokenSha256: string): Promise<ClosedSession[]> {
  return ctx.unitOfWork(async (tx) => {
    const removed = await tx.sessions.remove(tokenSha256);
    if (removed === null) return [];
    const closed: ClosedSession[] = [];
    for (const { workspaceId } of await tx.users.memberships(removed.userId)) {
      await tx.outbox.closeSession(workspaceId, removed.id);
      closed.push({ workspaceId, sessionId: removed.id });
    }
    return closed;
  });
}
