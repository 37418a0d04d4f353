import { notFound, type TokenFamilyId } from "@earwitness/shared";
import type { ApiKeyActor, Context } from "../context.ts";
import type { ClosedSession } from "./end-session.ts";

/**
 * Ends every token of one exchange of the key's own: the next request with one is refused, and its live sockets are closed. Doing
 * it twice changes nothing. Throws `not_found` for a family of another key.
 */
export async function revokeTokens(ctx: Context<ApiKeyActor>, id: TokenFamilyId): Promise<ClosedSession[]> {
  const { keyId, workspaceId } = ctx.actor;
  return ctx.unitOfWork(async (tx) => {
    const family = await tx.tokenFamilies.find(id);
    if (family?.apiKey.id !== keyId) throw notFound("The family of tokens");
    const revoked = await tx.tokenFamilies.revoke({ id, apiKeyId: keyId }, "asked");
    if (revoked.length === 0) return [];
    await tx.outbox.closeSession(workspaceId, id);
    await tx.audit.append({
      action: "tokens.revoked",
      object: { kind: "tokenFamily", id },
      details: { reason: "asked" },
    });
    return [{ workspaceId, sessionId: id }];
  });
}
