import { EarwitnessError } from "@earwitness/shared";
import type { Context, PersonActor, SystemActor, UserActor } from "../context.ts";
import { markForRotation } from "../identity/renew-rights.ts";
import { sha256Hex } from "../identity/secret.ts";
import type { InvitationRecord, Repositories, UserRecord } from "../ports/repositories/index.ts";
import { maskedEmail } from "./masked-email.ts";
import { requireWaiting, unknownInvitation } from "./standing.ts";

/**
 * Takes the person into the workspace that invited them, and has their session work there; gives them as they are in it. Who is in
 * it by this invitation already gets the same answer again. It acts as the system, because the person is in no workspace that
 * they could act in yet. Throws `not_found` for an unknown token, `forbidden` for somebody else's invitation, naming its address
 * masked, and `unprocessable` for one that was accepted, taken back or is too old.
 */
export async function acceptInvitation(
  ctx: Context<SystemActor>,
  { userId, sessionId }: PersonActor,
  token: string,
): Promise<UserActor> {
  const tokenSha256 = await sha256Hex(token);
  return ctx.unitOfWork(async (tx) => {
    const invitation = await lockInvitation(tx, tokenSha256);
    const user = await tx.users.find(userId);
    if (user === null) throw new EarwitnessError("unauthenticated", "Sign in again.");
    requireInvited(user, invitation);
    const { workspaceId, role } = invitation;
    const isAccepted = invitation.acceptedAt !== null;
    if (!isAccepted || (await tx.members.find({ workspaceId, userId })) === null) {
      requireWaiting(invitation, ctx.clock.now());
      await tx.workspaces.addMember({ workspaceId, userId, role });
      await tx.invitations.save({ ...invitation, acceptedAt: ctx.clock.now() });
      await markForRotation(tx, userId);
      await tx.outbox.tellWorkspace(workspaceId);
      await tx.audit.append({
        action: "member.joined",
        object: { kind: "user", id: userId },
        details: { invitationId: invitation.id, email: invitation.email, role },
        workspaceId,
        by: { kind: "user", id: userId },
      });
    }
    await tx.sessions.setWorkspace(sessionId, workspaceId);
    const membership = (await tx.users.memberships(userId)).find((each) => each.workspaceId === workspaceId);
    if (membership === undefined) {
      throw new EarwitnessError("forbidden", "You are suspended in this workspace. Ask one of its owners.");
    }
    return { kind: "user", userId, sessionId, ...membership };
  });
}

/** The invitation of the token, with its workspace held as for every change of who is in it. */
async function lockInvitation(
  tx: Pick<Repositories, "invitations" | "workspaces">,
  tokenSha256: string,
): Promise<InvitationRecord> {
  const found = await tx.invitations.byToken(tokenSha256);
  if (found === null) throw unknownInvitation();
  await tx.workspaces.lock(found.workspaceId);
  // It may have been taken back or sent anew until the workspace was free.
  const locked = await tx.invitations.byToken(tokenSha256);
  if (locked === null) throw unknownInvitation();
  return locked;
}

function requireInvited({ email, emailVerifiedAt }: UserRecord, invitation: InvitationRecord): void {
  if (emailVerifiedAt !== null && email.toLowerCase() === invitation.email) return;
  throw new EarwitnessError(
    "forbidden",
    `This invitation is for ${maskedEmail(invitation.email)}, and you are signed in as ${email}. Sign in with that address, or ask to be invited with this one.`,
  );
}
