import { DAY_MS, MINUTE_MS } from "../durations.ts";

/** A session that nobody uses for so long has ended. */
export const SESSION_IDLE_MS = 30 * DAY_MS;
/** However busily it is used, after so long it has ended: whoever it is signs in again. */
export const SESSION_MOST_MS = 180 * DAY_MS;
/**
 * A session is extended, and its token renewed with it, at most once in so long: what is only read is not written. So a session
 * may end by as much before either of the times above, never after.
 */
const EXTEND_EVERY_MS = DAY_MS;
/** How exact "last seen" is. */
const SEEN_EVERY_MS = 5 * MINUTE_MS;
/**
 * For how long the token before is still good once the new one has come back: longer than any request may take that was
 * under way with it.
 */
export const PREVIOUS_TOKEN_MS = 30_000;

/** What the record says of a session and of the token that a request brought. */
export interface SessionLife {
  /** Whether the token is the session's, or the one before it. */
  readonly presented: "current" | "previous";
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastSeenAt: Date | null;
  /** From when on the next request is given a new token, because what the person may do has changed. */
  readonly rotateAfter: Date | null;
  /** When a new token was handed out that no request has brought back yet: its answer may have been lost. Null otherwise. */
  readonly awaitedSince: Date | null;
  /** Until when the token before is good; null while the new one is awaited, and where there was none. */
  readonly previousExpiresAt: Date | null;
}

/**
 * What becomes of a session by a request with its token.
 *
 * `renew`: hand out a new token. The one presented stays good until the new one has come back, and for `PREVIOUS_TOKEN_MS`
 * after that, so that neither requests under way nor a lost answer sign anybody out. `arrived`: the new token has come back.
 * A token is handed out once: to whoever presents the one before in the meantime, nothing is handed.
 */
export type TokenVerdict = "ended" | "good" | "renew" | "arrived";

/** Judges a token. `canRenew` is false where the answer carries no cookie: renewal waits for one that does. */
export function judgeToken(session: SessionLife, now: Date, { canRenew }: { canRenew: boolean }): TokenVerdict {
  if (session.expiresAt <= now) return "ended";
  const { presented, awaitedSince, previousExpiresAt, rotateAfter } = session;
  const awaitedMs = awaitedSince === null ? 0 : now.getTime() - awaitedSince.getTime();
  if (presented === "previous") {
    if (awaitedSince === null) return previousExpiresAt === null || previousExpiresAt <= now ? "ended" : "good";
    return canRenew && awaitedMs >= PREVIOUS_TOKEN_MS ? "renew" : "good";
  }
  const isDue = (rotateAfter !== null && rotateAfter <= now) || isExtensionDue(session, now);
  // One at a time: the token before the present one would be refused to requests that are under way with it.
  const isPreviousInUse =
    awaitedSince === null ? previousExpiresAt !== null && previousExpiresAt > now : awaitedMs < 2 * PREVIOUS_TOKEN_MS;
  if (canRenew && isDue && !isPreviousInUse) return "renew";
  return awaitedSince === null ? "good" : "arrived";
}

/** Until when a session lives that is used now. */
export function extendedExpiry({ createdAt }: Pick<SessionLife, "createdAt">, now: Date): Date {
  return new Date(Math.min(now.getTime() + SESSION_IDLE_MS, createdAt.getTime() + SESSION_MOST_MS));
}

/** Whether it is worth noting that the session was used just now. */
export function isSeenDue({ lastSeenAt }: Pick<SessionLife, "lastSeenAt">, now: Date): boolean {
  return lastSeenAt === null || now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS;
}

function isExtensionDue(session: SessionLife, now: Date): boolean {
  return extendedExpiry(session, now).getTime() - session.expiresAt.getTime() >= EXTEND_EVERY_MS;
}
