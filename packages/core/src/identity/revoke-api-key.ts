import type { ApiKeyId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import type { ClosedSession } from "./end-session.ts";

/**
 * Ends a key and every token that it was exchanged for: the next request with one is refused, and their live sockets are closed, by
 * the outbox and by who calls this at once. Doing it twice changes nothing. Throws `not_found`.
 */
export async function revokeApiKey(ctx: Context<UserActor>, id: ApiKeyId): Promise<ClosedSession[]> {
  const { workspaceId } = ctx.actor;
  return ctx.unitOfWork(async (tx) => {
    const { name, isFirst } = await tx.apiKeys.revoke(id, ctx.clock.now());
    if (!isFirst) return [];
    const families = await tx.tokenFamilies.revoke({ apiKeyId: id }, "key_revoked");
    const closed = [id, ...families].map((sessionId) => ({ workspaceId, sessionId }));
    for (const { sessionId } of closed) await tx.outbox.closeSession(workspaceId, sessionId);
    await tx.audit.append({
      action: "api_key.revoked",
      object: { kind: "apiKey", id },
      details: { name, endedFamilies: families.length },
    });
    return closed;
  });
}
