import { EarwitnessError, type InvitationId, type JobId, type Role } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import { authorize } from "../identity/permissions.ts";
import { sha256Hex } from "../identity/secret.ts";
import { linkToken } from "../mail/link-token.ts";
import { lockWorkspace } from "../member/lock-workspace.ts";

/** Long enough for a holiday's mail, short enough that a forgotten one is worth nothing. */
export const INVITATION_DAYS = 7;

/** As many as a list shows: more wait in no business, and each is a mail that we send. */
const MOST_WAITING = 200;

export interface Invite {
  readonly email: string;
  readonly role: Exclude<Role, "owner">;
}

/**
 * Invites who has the address, by a mail whose link works once, for `INVITATION_DAYS`. Who is invited again gets a new mail with the
 * role as it is now, and the link in the old one works no more. Throws `forbidden`, and `conflict` for somebody who is in the
 * workspace already, and where `MOST_WAITING` wait. Gives the invitation, and the job that mails it.
 */
export async function invite(
  ctx: Context<UserActor>,
  { linkSecret }: { readonly linkSecret: string },
  wish: Invite,
): Promise<{ readonly id: InvitationId; readonly jobId: JobId }> {
  const email = wish.email.toLowerCase();
  const mailId = ctx.newId("mail");
  const tokenSha256 = await sha256Hex(await linkToken(linkSecret, "invitation", mailId));
  return ctx.unitOfWork(async (tx) => {
    const actor = await lockWorkspace(tx, ctx.actor);
    authorize(actor, "members:manage");
    const { workspaceId } = actor;
    if ((await tx.members.byEmail(workspaceId, email)) !== null) {
      throw new EarwitnessError("conflict", `${email} is in this workspace already.`);
    }
    const now = ctx.clock.now();
    const earlier = await tx.invitations.openFor(workspaceId, email);
    if (earlier === null && (await tx.invitations.countOpen(workspaceId)) >= MOST_WAITING) {
      throw new EarwitnessError("conflict", `${MOST_WAITING} invitations wait already. Take some of them back first.`);
    }
    const id = earlier?.id ?? ctx.newId("invitation");
    await tx.invitations.save({
      id,
      workspaceId,
      email,
      role: wish.role,
      tokenSha256,
      invitedBy: actor.userId,
      createdAt: earlier?.createdAt ?? now,
      expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_MS),
      acceptedAt: null,
      revokedAt: null,
    });
    const mail = { id: mailId, workspaceId, kind: "invitation", to: email, about: { invitationId: id } } as const;
    const { jobId } = await tx.mails.add(mail);
    await tx.outbox.tellWorkspace(workspaceId);
    await tx.audit.append({
      action: "member.invited",
      object: { kind: "invitation", id },
      details: { email, role: wish.role, isAgain: earlier !== null },
    });
    return { id, jobId };
  });
}
