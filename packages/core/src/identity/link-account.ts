import type { AccountProvider, UserId } from "@earwitness/shared";
import { inLogOrder } from "../audit/in-log-order.ts";
import type { Context, SystemActor, UserActor } from "../context.ts";
import type { AccountIdentity } from "../ports/repositories/index.ts";

/**
 * Lets a person who is signed in sign in by this identity as well from now on. Throws `conflict` when it is somebody's already.
 */
export async function linkAccount(ctx: Context<SystemActor>, userId: UserId, account: AccountIdentity): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    await tx.accounts.add(userId, account);
    for (const { workspaceId } of inLogOrder(await tx.users.memberships(userId))) {
      await tx.audit.append({
        action: "account.linked",
        object: { kind: "user", id: userId },
        details: { provider: account.provider },
        workspaceId,
        by: { kind: "user", id: userId },
      });
    }
  });
}

/** Takes an identity away again; nothing where there is none. One can always sign in by mail. */
export async function unlinkAccount(ctx: Context<UserActor>, provider: AccountProvider): Promise<void> {
  const { userId } = ctx.actor;
  await ctx.unitOfWork(async (tx) => {
    if (!(await tx.accounts.remove(userId, provider))) return;
    await tx.audit.append({
      action: "account.unlinked",
      object: { kind: "user", id: userId },
      details: { provider },
    });
  });
}
