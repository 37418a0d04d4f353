import type { Context, UserActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import type { ApiKeyRecord } from "../ports/repositories/index.ts";
import { mintApiKey } from "./api-key.ts";

/**
 * Makes an API key of the person's workspace, good for `expiresInDays`, or until it is revoked where that is null. `key` is
 * returned this once; what is kept is its SHA-256.
 */
export async function createApiKey(
  ctx: Context<UserActor>,
  input: { name: string; scope: "read" | "write"; expiresInDays: number | null },
): Promise<ApiKeyRecord & { key: string }> {
  const { key, prefix, keySha256 } = await mintApiKey();
  const { name, scope, expiresInDays } = input;
  const createdAt = ctx.clock.now();
  const record: ApiKeyRecord = {
    id: ctx.newId("apiKey"),
    workspaceId: ctx.actor.workspaceId,
    name,
    prefix,
    scope,
    createdAt,
    expiresAt: expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS),
    lastUsedAt: null,
    revokedAt: null,
  };
  await ctx.unitOfWork(async (tx) => {
    await tx.apiKeys.add({ ...record, keySha256, createdBy: ctx.actor.userId });
    await tx.audit.append({
      action: "api_key.created",
      object: { kind: "apiKey", id: record.id },
      details: { name, prefix, scope, expiresAt: record.expiresAt?.toISOString() ?? null },
    });
  });
  return { ...record, key };
}
