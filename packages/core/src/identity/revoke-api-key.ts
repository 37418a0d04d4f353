import type { ApiKeyId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";

/** Ends a key: the next request with it is refused. Doing it twice changes nothing. Throws `not_found`. */
export async function revokeApiKey(ctx: Context<UserActor>, id: ApiKeyId): Promise<void> {
  await ctx.unitOfWork((tx) => tx.apiKeys.revoke(id, ctx.clock.now()));
}
