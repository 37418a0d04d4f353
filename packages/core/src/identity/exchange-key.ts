import { EarwitnessError, type TokenPair } from "@earwitness/shared";
import type { ApiKeyActor, Context, WorkspaceActor } from "../context.ts";
import { requireLiving } from "./identify-key.ts";
import { refreshExpiry } from "./refresh-token.ts";
import { mintTokenPair } from "./token-pair.ts";

/**
 * Exchanges a key for a pair of short-lived tokens, for where the key itself should not go: a browser, a device, a partner. `scope`
 * is at most the key's, and its own where none is given. Throws `forbidden` for more than the key may, and for an access token:
 * it ends with its family, and must not found another.
 */
export async function exchangeKey(
  ctx: Context<ApiKeyActor>,
  secret: string,
  wish: { scope?: "read" | "write" | undefined },
): Promise<TokenPair> {
  const { actor } = ctx;
  if (actor.familyId !== undefined) {
    throw new EarwitnessError(
      "forbidden",
      "An access token cannot be exchanged. Send the API key, or refresh the token.",
    );
  }
  const scope = wish.scope ?? actor.scope;
  if (scope === "write" && actor.scope === "read") {
    throw new EarwitnessError("forbidden", "This API key can only read, so its tokens cannot write.");
  }
  return ctx.unitOfWork(async (tx) => {
    const now = ctx.clock.now();
    // It lived when the request came in; whoever revokes it ends the families that are there by then.
    const apiKey = await tx.apiKeys.lock(actor.keyId);
    requireLiving(apiKey, now);
    const family = { id: ctx.newId("tokenFamily"), workspaceId: actor.workspaceId, scope };
    const expiresAt = refreshExpiry(apiKey, now);
    await tx.tokenFamilies.add({ ...family, apiKeyId: apiKey.id, expiresAt });
    const pair = await mintTokenPair(ctx, tx, secret, { ...family, apiKey });
    await tx.audit.append({
      action: "tokens.exchanged",
      object: { kind: "tokenFamily", id: family.id },
      details: { scope, expiresAt: pair.refreshExpiresAt },
    });
    return pair;
  });
}

/** The context of a key, for what only keys do. Throws `forbidden` for a person. */
export function asKey(ctx: Context<WorkspaceActor>): Context<ApiKeyActor> {
  const { actor } = ctx;
  if (actor.kind === "apiKey") return { ...ctx, actor };
  throw new EarwitnessError("forbidden", "Only an API key can do this.");
}
