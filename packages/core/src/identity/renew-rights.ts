import type { UserId, WorkspaceId } from "@earwitness/shared";
import type { Repositories } from "../ports/repositories/index.ts";
import type { ClosedSession } from "./end-session.ts";

/**
 * Has each session of a person get a new token at its next request: for whenever what they may do has changed, so that a token
 * that somebody got hold of before is worth nothing after. Part of the transaction that changes it.
 */
export async function markForRotation(tx: Pick<Repositories, "sessions">, userId: UserId): Promise<void> {
  await tx.sessions.markForRotation(userId);
}

/**
 * What follows when somebody's rights in a workspace have changed or ended: `markForRotation`, and their live sockets there are
 * closed by the outbox, to come back with the new rights or be refused. Gives the sessions, for who wants the sockets closed at once.
 */
export async function renewRights(
  tx: Pick<Repositories, "sessions" | "outbox">,
  { workspaceId, userId }: { workspaceId: WorkspaceId; userId: UserId },
): Promise<ClosedSession[]> {
  const sessionIds = await tx.sessions.markForRotation(userId);
  for (const sessionId of sessionIds) await tx.outbox.renewSession(workspaceId, sessionId);
  return sessionIds.map((sessionId) => ({ workspaceId, sessionId }));
}
