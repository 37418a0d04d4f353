import { type HoldId, notFound, type PlaceHold } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";

/**
 * Keeps a call, or everything of the workspace, from being deleted by anybody and anything until the hold is released. What a
 * purge has in hand at the moment is gone before; what comes after it finds the hold. Throws `not_found` for a call that is not
 * the workspace's, or of which nothing is left.
 */
export async function placeHold(ctx: Context<UserActor>, { callId, reason }: PlaceHold): Promise<HoldId> {
  const id = ctx.newId("hold");
  const { workspaceId, userId } = ctx.actor;
  await ctx.unitOfWork(async (tx) => {
    if (callId === null) {
      await tx.workspaces.lock(workspaceId);
    } else {
      const call = await tx.trash.lock(callId);
      if (call === null || call.purgedAt !== null) throw notFound("The call");
      await tx.outbox.tellCall(workspaceId, callId);
    }
    await tx.holds.add({
      id,
      workspaceId,
      callId,
      reason,
      placedBy: userId,
      placedAt: ctx.clock.now(),
      releasedBy: null,
      releasedAt: null,
    });
    await tx.outbox.tellWorkspace(workspaceId);
    await tx.audit.append({ action: "hold.placed", object: { kind: "hold", id }, details: { callId, reason } });
  });
  return id;
}
