import type { Context, SystemActor } from "../context.ts";

/**
 * Forgets sessions, sign-in links and idempotency keys that are past their time. They count for nothing since then; this only
 * keeps the tables as small as what is alive. Doing it twice, or at once, changes nothing.
 */
export async function forgetExpired(ctx: Context<SystemActor>): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    await tx.sessions.removeExpired(ctx.clock.now());
    await tx.idempotency.removeExpired();
    await tx.answeredRequests.removeExpired();
  });
}
