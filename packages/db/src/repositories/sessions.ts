import type { SessionRepository } from "@earwitness/core";
import { and, eq, lt } from "drizzle-orm";
import { sessions, users, verificationTokens } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** Only hashes reach these tables: whoever reads them can sign in as nobody. */
export function sessionRepository({ db, newId }: Scope): SessionRepository {
  return {
    async add(session) {
      await db.insert(sessions).values({ id: newId("session"), ...session });
    },
    async byToken(tokenSha256) {
      const [found] = await db
        .select({ id: sessions.id, user: users, expiresAt: sessions.expiresAt })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.tokenSha256, tokenSha256));
      return found ?? null;
    },
    async extend(tokenSha256, expiresAt) {
      await db.update(sessions).set({ expiresAt }).where(eq(sessions.tokenSha256, tokenSha256));
    },
    async remove(tokenSha256) {
      const [removed] = await db
        .delete(sessions)
        .where(eq(sessions.tokenSha256, tokenSha256))
        .returning({ id: sessions.id, userId: sessions.userId });
      return removed ?? null;
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
    async removeExpired(before) {
      await db.delete(sessions).where(lt(sessions.expiresAt, before));
      await db.delete(verificationTokens).where(lt(verificationTokens.expiresAt, before));
    },
  };
}
