import type { ApiKeyRepository } from "@earwitness/core";
import { and, eq, getTableColumns, isNull } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
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
    async lock(id) {
      const [key] = await db
        .select(columns)
        .from(apiKeys)
        .where(and(eq(apiKeys.id, id), inWorkspace(scope, apiKeys.workspaceId)))
        .for("update");
      return key ?? null;
    },
    async revoke(id, at) {
      const ours = and(eq(apiKeys.id, id), inWorkspace(scope, apiKeys.workspaceId));
      const [revoked] = await db
        .update(apiKeys)
        .set({ revokedAt: at })
        .where(and(ours, isNull(apiKeys.revokedAt)))
        .returning({ name: apiKeys.name });
      if (revoked !== undefined) return { name: revoked.name, isFirst: true };
      const earlier = requireRow(await db.select({ name: apiKeys.name }).from(apiKeys).where(ours), "The API key");
      return { name: earlier.name, isFirst: false };
    },
  };
}
