import { EarwitnessError, InvitationId } from "@earwitness/shared";
import { z } from "zod";
import { DAY_MS } from "../durations.ts";
import { sha256Hex } from "../identity/secret.ts";
import { requireWaiting } from "../invitation/standing.ts";
import { linkToken } from "./link-token.ts";
import { oneLine } from "./one-line.ts";
import type { ComposeMail } from "./write-mail.ts";

const About = z.object({ invitationId: InvitationId });

/**
 * The mail that invites somebody into a workspace, with a link to the web app's invitation page. The token is after `#`, like that
 * of a sign-in. Throws `unprocessable` where the invitation waits no more, or a newer mail has its link.
 */
export const composeInvitationMail: ComposeMail = async (ctx, { appOrigin, linkSecret }, mail) => {
  const token = await linkToken(linkSecret, "invitation", mail.id);
  const tokenSha256 = await sha256Hex(token);
  const { invitation, workspace, inviter } = await ctx.unitOfWork(async (tx) => {
    const invitation = await tx.invitations.find(About.parse(mail.about).invitationId);
    const workspace = await tx.workspaces.find(invitation.workspaceId);
    const inviter = invitation.invitedBy === null ? null : await tx.users.find(invitation.invitedBy);
    return { invitation, workspace, inviter };
  });
  requireWaiting(invitation, ctx.clock.now());
  if (invitation.tokenSha256 !== tokenSha256) {
    throw new EarwitnessError("unprocessable", "The invitation was sent again meanwhile.");
  }
  const by = inviter === null ? "You are invited" : `${oneLine(inviter.name ?? inviter.email, 60)} invites you`;
  const heading = `${by} to ${oneLine(workspace.name, 60)} on Earwitness`;
  const days = Math.ceil((invitation.expiresAt.getTime() - mail.createdAt.getTime()) / DAY_MS);
  return {
    subject: heading,
    letter: {
      title: "You are invited to Earwitness",
      heading,
      lead: `For ${mail.to}, as ${ROLE_WORDS[invitation.role]}. The link works once, for ${days} ${days === 1 ? "day" : "days"}.`,
      button: { label: "See the invitation", link: `${appOrigin}/invitation#token=${token}` },
      footer: "If you do not know what this is about, ignore this mail: nothing happens by it.",
    },
  };
};

const ROLE_WORDS = {
  owner: "an owner",
  admin: "an admin",
  supervisor: "a supervisor",
  agent: "an agent",
  viewer: "a viewer",
} as const;
