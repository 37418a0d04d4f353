import type { HoldId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";

/** Ends a hold; one that is released already stays as it is. Other holds on the same call go on. Throws `not_found`. */
export async function releaseHold(ctx: Context<UserActor>, id: HoldId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const hold = await tx.holds.lock(id);
    if (hold.releasedAt !== null) return;
    await tx.holds.release(id, { at: ctx.clock.now(), by: ctx.actor.userId });
    if (hold.callId !== null) await tx.outbox.tellCall(hold.workspaceId, hold.callId);
    await tx.outbox.tellWorkspace(hold.workspaceId);
    await tx.audit.append({ action: "hold.released", object: { kind: "hold", id }, details: { callId: hold.callId } });
  });
}
