import { EarwitnessError, type SessionId, type WorkspaceId } from "@earwitness/shared";
import { inLogOrder } from "../audit/in-log-order.ts";
import type { Context, PersonActor, SystemActor } from "../context.ts";
import type { RemovedSession, Repositories } from "../ports/repositories/index.ts";

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
    return removed === null ? [] : settle(tx, [removed]);
  });
}

/**
 * Ends one session of the person's own: a browser that they left signed in. Throws `not_found` for one that is not theirs, or
 * is no more.
 */
export async function endOwnSession(
  ctx: Context<SystemActor>,
  person: PersonActor,
  sessionId: SessionId,
): Promise<ClosedSession[]> {
  return ctx.unitOfWork(async (tx) => {
    const removed = await tx.sessions.removeOf(person.userId, { only: sessionId });
    if (removed.length === 0) throw new EarwitnessError("not_found", "This session is none of yours, or has ended.");
    return settle(tx, removed);
  });
}

/** Signs the person out everywhere; with `keepCurrent` everywhere but here. */
export async function endOwnSessions(
  ctx: Context<SystemActor>,
  person: PersonActor,
  { keepCurrent }: { keepCurrent: boolean },
): Promise<ClosedSession[]> {
  return ctx.unitOfWork(async (tx) => {
    const except = keepCurrent ? person.sessionId : null;
    return settle(tx, await tx.sessions.removeOf(person.userId, { except }));
  });
}

/** Has the live sockets of ended sessions closed, and notes their end, wherever their person belongs. */
async function settle(tx: Repositories, removed: readonly RemovedSession[]): Promise<ClosedSession[]> {
  const closed: ClosedSession[] = [];
  const [first] = removed;
  if (first === undefined) return closed;
  for (const { workspaceId } of inLogOrder(await tx.users.memberships(first.userId))) {
    for (const { id, userId } of removed) {
      await tx.outbox.closeSession(workspaceId, id);
      closed.push({ workspaceId, sessionId: id });
      await tx.audit.append({
        action: "session.ended",
        object: { kind: "session", id },
        workspaceId,
        by: { kind: "user", id: userId },
      });
    }
  }
  return closed;
}
