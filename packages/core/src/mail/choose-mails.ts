import { notFound, OptionalMailKind, type UserId } from "@earwitness/shared";
import type { Context, SystemActor, VisitorActor } from "../context.ts";

/**
 * Sets which of the mails that nobody asks for a person gets; what is left out stays. It is about their address, in every
 * workspace of theirs. Throws `not_found` for nobody.
 */
export async function chooseMails(
  ctx: Context<VisitorActor | SystemActor>,
  userId: UserId,
  wanted: Partial<Record<OptionalMailKind, boolean | undefined>>,
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.unitOfWork(async (tx) => {
    const user = await tx.users.find(userId);
    if (user === null) throw notFound("The person");
    for (const kind of OptionalMailKind.options) {
      const isWanted = wanted[kind];
      if (isWanted !== undefined) await tx.mailAddresses.setWanted(user.email.toLowerCase(), kind, isWanted, now);
    }
  });
}
