import type { Context, UserActor } from "../context.ts";
import type { ApiKeyRecord } from "../ports/repositories/index.ts";
import { mintApiKey } from "./api-key.ts";

/** Makes an API key of the person's workspace. `key` is returned this once; what is kept is its SHA-256. */
export async function createApiKey(
  ctx: Context<UserActor>,
  input: { name: string; scope: "read" | "write" },
): Promise<ApiKeyRecord & { key: string }> {
  const { key, prefix, keySha256 } = await mintApiKey();
  const record: ApiKeyRecord = {
    id: ctx.newId("apiKey"),
    workspaceId: ctx.actor.workspaceId,
    name: input.name,
    prefix,
    scope: input.scope,
    createdAt: ctx.clock.now(),
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
  };
  await ctx.unitOfWork((tx) => tx.apiKeys.add({ ...record, keySha256, createdBy: ctx.actor.userId }));
  return { ...record, key };
}
