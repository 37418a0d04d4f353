import { EarwitnessError } from "@earwitness/shared";
import type { Context, PersonActor, UserActor, VisitorActor } from "../context.ts";
import type { MembershipRecord, Repositories, SessionRecord } from "../ports/repositories/index.ts";
import { newSecret, sha256Hex } from "./secret.ts";
import { extendedExpiry, isSeenDue, judgeToken, PREVIOUS_TOKEN_MS } from "./session-life.ts";

/** A token that takes the place of the one presented: it goes into the cookie, which ends with the session. */
export interface RenewedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A session that lives, with who acts in it. `renewed` is null where the token stays. */
export interface Living<A> {
  readonly id: SessionRecord["id"];
  readonly expiresAt: Date;
  readonly actor: A;
  readonly renewed: RenewedToken | null;
}
/** A session that lives, with who acts in it and where. */
export type LivingSession = Living<UserActor>;

/** `canRenew`: the answer can carry a cookie, so that a new token may be handed out. */
interface Presented {
  readonly token: string;
  readonly canRenew: boolean;
}

/**
 * Finds out whose session it is and where they work: the workspace that they chose, or, when they do not belong there any more,
 * the one they have belonged to longest. Notes that the session is used, which extends it. Throws `unauthenticated` for a token
 * that is unknown or has ended; `forbidden` for somebody who is suspended, or belongs to no workspace.
 */
export async function identifyBySession(ctx: Context<VisitorActor>, presented: Presented): Promise<LivingSession> {
  return ctx.unitOfWork(async (tx) => {
    const session = await livingSession(ctx, tx, await sha256Hex(presented.token));
    const place = placeOf(session, await tx.users.memberships(session.user.id));
    if (place === null) {
      throw new EarwitnessError(
        "forbidden",
        "You belong to no workspace, or are suspended where you do. Ask an owner to let you in.",
      );
    }
    const actor = { kind: "user", userId: session.user.id, sessionId: session.id, ...place } as const;
    return { id: session.id, actor, ...(await keepAlive(ctx, tx, session, presented)) };
  });
}

/** Finds out who is signed in, be they in a workspace or in none. Throws like `identifyBySession` otherwise. */
export async function identifyPersonBySession(
  ctx: Context<VisitorActor>,
  presented: Presented,
): Promise<Living<PersonActor>> {
  return ctx.unitOfWork(async (tx) => {
    const session = await livingSession(ctx, tx, await sha256Hex(presented.token));
    const actor = { kind: "person", userId: session.user.id, sessionId: session.id } as const;
    return { id: session.id, actor, ...(await keepAlive(ctx, tx, session, presented)) };
  });
}

async function livingSession(
  ctx: Context<VisitorActor>,
  tx: Pick<Repositories, "sessions">,
  tokenSha256: string,
): Promise<SessionRecord> {
  const session = await tx.sessions.byToken(tokenSha256);
  if (session === null || judgeToken(session, ctx.clock.now(), { canRenew: false }) === "ended") {
    throw new EarwitnessError("unauthenticated", "Your session has ended. Sign in again.");
  }
  if (session.user.suspendedAt !== null) {
    throw new EarwitnessError("forbidden", "Your account is suspended. Ask whoever runs this service why.");
  }
  return session;
}

/** `memberships` are those that are not suspended, oldest first. */
function placeOf(session: SessionRecord, memberships: readonly MembershipRecord[]): MembershipRecord | null {
  return memberships.find(({ workspaceId }) => workspaceId === session.workspaceId) ?? memberships[0] ?? null;
}

/** Notes the use of a session, and renews its token where that is due. */
async function keepAlive(
  ctx: Context<VisitorActor>,
  tx: Pick<Repositories, "sessions">,
  session: SessionRecord,
  { token: presented, canRenew }: Presented,
): Promise<{ expiresAt: Date; renewed: RenewedToken | null }> {
  const now = ctx.clock.now();
  const stays = { expiresAt: session.expiresAt, renewed: null };
  if (isSeenDue(session, now)) await tx.sessions.markSeen(session.id);
  const verdict = judgeToken(session, now, { canRenew });
  if (verdict === "arrived")
    await tx.sessions.markTokenArrived(session.id, new Date(now.getTime() + PREVIOUS_TOKEN_MS));
  if (verdict !== "renew") return stays;
  const token = newSecret();
  const expiresAt = extendedExpiry(session, now);
  const tokens = { presentedSha256: await sha256Hex(presented), tokenSha256: await sha256Hex(token) };
  const isRenewed = await tx.sessions.renewToken(session, tokens, expiresAt);
  // Another request was faster, and its answer brings the new token: what this one presented is still good.
  return isRenewed ? { expiresAt, renewed: { token, expiresAt } } : stays;
}
