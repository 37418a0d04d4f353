import type { Context, SystemActor } from "../context.ts";
import { REFRESH_TOKEN_MS } from "./refresh-token.ts";

/**
 * Forgets sessions, tokens, sign-in links and idempotency keys that are past their time. They count for nothing since then; this only
 * keeps the tables as small as what is alive. Doing it twice, or at once, changes nothing.
 */
export async function forgetExpired(ctx: Context<SystemActor>): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const now = ctx.clock.now();
    await tx.sessions.removeExpired(now);
    await tx.tokenFamilies.removeExpired(now, new Date(now.getTime() - REFRESH_TOKEN_MS));
    await tx.idempotency.removeExpired();
    await tx.answeredRequests.removeExpired();
  });
}
