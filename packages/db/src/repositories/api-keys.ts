import type { ApiKeyRepository } from "@earwitness/core";
import { notFound } from "@earwitness/shared";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { apiKeys } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

const { keySha256: _keySha256, createdBy: _createdBy, ...columns } = getTableColumns(apiKeys);

export function apiKeyRepository(scope: Scope): ApiKeyRepository {
  const { db } = scope;
  return {
    async add(key) {
      await db.insert(apiKeys).values(key);
    },
    async bySha256(keySha256) {
      const [key] = await db.select(columns).from(apiKeys).where(eq(apiKeys.keySha256, keySha256));
      return key ?? null;
    },
    async markUsed(id, at) {
      await db.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, id));
    },
    async revoke(id, at) {
      const revoked = await db
        .update(apiKeys)
        .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${at.toISOString()})` })
        .where(and(eq(apiKeys.id, id), inWorkspace(scope, apiKeys.workspaceId)))
        .returning({ id: apiKeys.id });
      if (revoked.length === 0) throw notFound("The API key");
    },
  };
}
