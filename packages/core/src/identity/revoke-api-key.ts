import type { ApiKeyId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";

/**
 * Ends a key: the next request with it is refused, and its live sockets are closed. Doing it twice changes nothing. Throws
 * `not_found`.
 */
export async function revokeApiKey(ctx: Context<UserActor>, id: ApiKeyId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    await tx.apiKeys.revoke(id, ctx.clock.now());
    await tx.outbox.closeSession(ctx.actor.workspaceId, id);
  });
}
