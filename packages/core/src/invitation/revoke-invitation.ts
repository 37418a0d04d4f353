import { EarwitnessError, type InvitationId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import { authorize } from "../identity/permissions.ts";
import { lockWorkspace } from "../member/lock-workspace.ts";

/**
 * Takes an invitation back: its link works no more. Doing it twice changes nothing. Throws `not_found`, `forbidden`, and `conflict`
 * for one that has been accepted.
 */
export async function revokeInvitation(ctx: Context<UserActor>, id: InvitationId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const actor = await lockWorkspace(tx, ctx.actor);
    authorize(actor, "members:manage");
    const invitation = await tx.invitations.find(id);
    if (invitation.acceptedAt !== null) {
      throw new EarwitnessError("conflict", "The invitation has been accepted. Remove the person instead.");
    }
    if (invitation.revokedAt !== null) return;
    await tx.invitations.save({ ...invitation, revokedAt: ctx.clock.now() });
    await tx.outbox.tellWorkspace(actor.workspaceId);
    const { email, role } = invitation;
    await tx.audit.append({
      action: "invitation.revoked",
      object: { kind: "invitation", id },
      details: { email, role },
    });
  });
}
