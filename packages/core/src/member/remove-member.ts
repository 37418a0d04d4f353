import type { UserId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import type { ClosedSession } from "../identity/end-session.ts";
import { authorize } from "../identity/permissions.ts";
import { renewRights } from "../identity/renew-rights.ts";
import { findMember, keepAnOwner, lockWorkspace } from "./lock-workspace.ts";

/**
 * Takes somebody out of the workspace; who asks it of themselves leaves, which everybody may. What they did stays. Their sessions
 * go on where else they belong, with new tokens, and their live sockets here are closed; they are given. Throws like
 * `updateMember`.
 */
export async function removeMember(ctx: Context<UserActor>, userId: UserId): Promise<ClosedSession[]> {
  return ctx.unitOfWork(async (tx) => {
    const actor = await lockWorkspace(tx, ctx.actor);
    const isLeaving = userId === actor.userId;
    if (!isLeaving) authorize(actor, "members:manage");
    const member = await findMember(tx, actor, userId);
    if (member.role === "owner") {
      if (!isLeaving) authorize(actor, "owners:manage");
      if (member.suspendedAt === null) await keepAnOwner(tx, member);
    }
    await tx.members.remove(member);
    const closed = await renewRights(tx, member);
    await tx.outbox.tellWorkspace(actor.workspaceId);
    await tx.audit.append({
      action: isLeaving ? "member.left" : "member.removed",
      object: { kind: "user", id: userId },
      details: { email: member.email, role: member.role },
    });
    return closed;
  });
}
