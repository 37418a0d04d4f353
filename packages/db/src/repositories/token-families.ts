import type { TokenFamilyRecord, TokenFamilyRepository } from "@earwitness/core";
import { and, eq, isNull, type SQL } from "drizzle-orm";
import { apiKeys, refreshTokens, tokenFamilies } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/** Exchanges of keys for short-lived tokens. Like keys, they are what a request is identified by: visitors may look them up. */
export function tokenFamilyRepository(scope: Scope): TokenFamilyRepository {
  const { db, clock } = scope;
  return {
    async add(family) {
      await db.insert(tokenFamilies).values({ createdAt: clock.now(), ...family });
    },
    async find(id) {
      const [found] = await db
        .select({ family: tokenFamilies, apiKey: apiKeys })
        .from(tokenFamilies)
        .innerJoin(apiKeys, eq(apiKeys.id, tokenFamilies.apiKeyId))
        .where(eq(tokenFamilies.id, id));
      return found === undefined ? null : recordOf(found);
    },
    async byRefreshToken(tokenSha256) {
      const [found] = await db
        .select({ family: tokenFamilies, apiKey: apiKeys, usedAt: refreshTokens.usedAt })
        .from(refreshTokens)
        .innerJoin(tokenFamilies, eq(tokenFamilies.id, refreshTokens.familyId))
        .innerJoin(apiKeys, eq(apiKeys.id, tokenFamilies.apiKeyId))
        .where(eq(refreshTokens.tokenSha256, tokenSha256));
      return found === undefined ? null : { family: recordOf(found), usedAt: found.usedAt };
    },
    async addRefreshToken({ tokenSha256, familyId, workspaceId }, expiresAt) {
      await db.insert(refreshTokens).values({ tokenSha256, familyId, workspaceId, createdAt: clock.now() });
      await db.update(tokenFamilies).set({ expiresAt }).where(eq(tokenFamilies.id, familyId));
    },
    async useRefreshToken(tokenSha256) {
      const used = await db
        .update(refreshTokens)
        .set({ usedAt: clock.now() })
        .where(and(eq(refreshTokens.tokenSha256, tokenSha256), isNull(refreshTokens.usedAt)))
        .returning({ tokenSha256: refreshTokens.tokenSha256 });
      return used.length > 0;
    },
    async revoke(which, reason) {
      const chosen: (SQL | undefined)[] = [
        "id" in which ? eq(tokenFamilies.id, which.id) : undefined,
        which.apiKeyId === undefined ? undefined : eq(tokenFamilies.apiKeyId, which.apiKeyId),
      ];
      const revoked = await db
        .update(tokenFamilies)
        .set({ revokedAt: clock.now(), revokedReason: reason })
        .where(and(...chosen, isNull(tokenFamilies.revokedAt), inWorkspace(scope, tokenFamilies.workspaceId)))
        .returning({ id: tokenFamilies.id });
      return revoked.map(({ id }) => id);
    },
  };
}

function recordOf({
  family,
  apiKey,
}: {
  family: typeof tokenFamilies.$inferSelect;
  apiKey: typeof apiKeys.$inferSelect;
}): TokenFamilyRecord {
  const { id, workspaceId, scope, expiresAt, revokedAt } = family;
  const { keySha256: _keySha256, createdBy: _createdBy, ...key } = apiKey;
  return { id, workspaceId, scope, expiresAt, revokedAt, apiKey: key };
}
