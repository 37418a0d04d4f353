import type { RemovedSession, SessionRecord, SessionRepository } from "@earwitness/core";
import { and, eq, gt, isNotNull, isNull, ne, or, type SQL } from "drizzle-orm";
import { sessions, users, verificationTokens } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** Only hashes reach these tables: whoever reads them can sign in as nobody. */
export function sessionRepository({ db, clock, newId, origin }: Scope): SessionRepository {
  async function removeWhere(condition: SQL | undefined): Promise<RemovedSession[]> {
    return db
      .delete(sessions)
      .where(condition)
      .returning({ id: sessions.id, userId: sessions.userId, workspaceId: sessions.workspaceId });
  }

  return {
    async add(session) {
      const id = newId("session");
      await db.insert(sessions).values({ id, createdAt: clock.now(), ...session });
      return id;
    },
    async byToken(tokenSha256) {
      const [found] = await db
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(hasToken(tokenSha256));
      return found === undefined ? null : recordOf(found, tokenSha256);
    },
    async markSeen(id) {
      // What the request does not say stays as it was: a browser is still the same one behind another network.
      const seen = {
        ...(origin?.userAgent ? { userAgent: origin.userAgent } : {}),
        ...(origin?.ipAddress ? { ipAddress: origin.ipAddress } : {}),
      };
      await db
        .update(sessions)
        .set({ lastSeenAt: clock.now(), ...seen })
        .where(eq(sessions.id, id));
    },
    async renewToken({ id, presented, awaitedSince }, { presentedSha256, tokenSha256 }, expiresAt) {
      const isStill =
        presented === "current" || awaitedSince === null
          ? eq(sessions.tokenSha256, presentedSha256)
          : and(
              eq(sessions.previousSha256, presentedSha256),
              isNull(sessions.previousExpiresAt),
              eq(sessions.tokenOfferedAt, awaitedSince),
            );
      const renewed = await db
        .update(sessions)
        .set({
          tokenSha256,
          previousSha256: presentedSha256,
          previousExpiresAt: null,
          tokenOfferedAt: clock.now(),
          rotateAfter: null,
          expiresAt,
        })
        .where(and(eq(sessions.id, id), isStill))
        .returning({ id: sessions.id });
      return renewed.length > 0;
    },
    async markTokenArrived(id, previousExpiresAt) {
      await db
        .update(sessions)
        .set({ previousExpiresAt })
        .where(and(eq(sessions.id, id), isNotNull(sessions.previousSha256), isNull(sessions.previousExpiresAt)));
    },
    async markForRotation(userId) {
      const now = clock.now();
      const marked = await db
        .update(sessions)
        .set({ rotateAfter: now })
        .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now)))
        .returning({ id: sessions.id });
      return marked.map(({ id }) => id);
    },
    async setWorkspace(id, workspaceId) {
      await db.update(sessions).set({ workspaceId }).where(eq(sessions.id, id));
    },
    async remove(tokenSha256) {
      const [removed] = await removeWhere(hasToken(tokenSha256));
      return removed ?? null;
    },
    async removeOf(userId, which) {
      const chosen =
        "only" in which
          ? eq(sessions.id, which.only)
          : which.except === null
            ? undefined
            : ne(sessions.id, which.except);
      return removeWhere(and(eq(sessions.userId, userId), chosen));
    },
    async addSignInToken(token) {
      await db.insert(verificationTokens).values(token);
    },
    async useSignInToken(identifier, tokenSha256) {
      const [used] = await db
        .delete(verificationTokens)
        .where(and(eq(verificationTokens.identifier, identifier), eq(verificationTokens.tokenSha256, tokenSha256)))
        .returning({ expiresAt: verificationTokens.expiresAt });
      return used ?? null;
    },
  };
}

function hasToken(tokenSha256: string): SQL | undefined {
  return or(eq(sessions.tokenSha256, tokenSha256), eq(sessions.previousSha256, tokenSha256));
}

function recordOf(
  { session, user }: { session: typeof sessions.$inferSelect; user: typeof users.$inferSelect },
  tokenSha256: string,
): SessionRecord {
  return {
    id: session.id,
    user,
    workspaceId: session.workspaceId,
    presented: session.tokenSha256 === tokenSha256 ? "current" : "previous",
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
    lastSeenAt: session.lastSeenAt,
    rotateAfter: session.rotateAfter,
    awaitedSince: session.previousExpiresAt === null ? session.tokenOfferedAt : null,
    previousExpiresAt: session.previousExpiresAt,
  };
}
