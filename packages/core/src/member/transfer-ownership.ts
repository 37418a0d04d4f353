import { EarwitnessError, type UserId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import type { ClosedSession } from "../identity/end-session.ts";
import { authorize } from "../identity/permissions.ts";
import { renewRights } from "../identity/renew-rights.ts";
import { findMember, lockWorkspace } from "./lock-workspace.ts";

/**
 * Makes somebody of the workspace its owner in the actor's place, who becomes an admin, both or neither. Gives the sessions whose
 * live sockets come back. Throws `not_found`, `forbidden` for who is no owner, `conflict` for oneself and for who is suspended.
 */
export async function transferOwnership(ctx: Context<UserActor>, userId: UserId): Promise<ClosedSession[]> {
  return ctx.unitOfWork(async (tx) => {
    const actor = await lockWorkspace(tx, ctx.actor);
    authorize(actor, "owners:manage");
    const heir = await findMember(tx, actor, userId);
    if (heir.userId === actor.userId) throw new EarwitnessError("conflict", "You own the workspace already.");
    if (heir.suspendedAt !== null) {
      throw new EarwitnessError("conflict", "Who is suspended cannot own the workspace. Lift the suspension first.");
    }
    await tx.members.change(heir, { role: "owner" });
    await tx.members.change(actor, { role: "admin" });
    const renewed = [...(await renewRights(tx, heir)), ...(await renewRights(tx, actor))];
    await tx.outbox.tellWorkspace(actor.workspaceId, "me");
    await tx.outbox.tellWorkspace(actor.workspaceId);
    await tx.audit.append({
      action: "workspace.ownership_transferred",
      object: { kind: "workspace", id: actor.workspaceId },
      details: { from: actor.userId, to: userId, roleBefore: heir.role },
    });
    return renewed;
  });
}
