import type { ApiKeyView } from "@earwitness/shared";
import { desc } from "drizzle-orm";
import { apiKeys } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";

/** More keys than anybody tells apart; older ones than these are revoked by id all the same. */
const MOST_KEYS = 200;

/** The workspace's API keys, newest first, revoked ones too: never the keys themselves. */
export async function listApiKeys(scope: Scope): Promise<ApiKeyView[]> {
  const rows = await scope.db
    .select()
    .from(apiKeys)
    .where(inWorkspace(scope, apiKeys.workspaceId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(MOST_KEYS);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scope: row.scope,
    createdAt: row.createdAt.toISOString(),
    expiresAt: instant(row.expiresAt),
    lastUsedAt: instant(row.lastUsedAt),
    revokedAt: instant(row.revokedAt),
  }));
}
