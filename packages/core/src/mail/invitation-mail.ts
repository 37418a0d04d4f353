import { EarwitnessError, InvitationId } from "@earwitness/shared";
import { z } from "zod";
import { sha256Hex } from "../identity/secret.ts";
import { requireWaiting } from "../invitation/standing.ts";
import type { ComposeMail } from "./compose-mail.ts";
import { type Letter, letterHtml, letterText } from "./letter.ts";
import { linkToken } from "./link-token.ts";

const About = z.object({ invitationId: InvitationId });
/** Workspaces are named by people, and a mail's subject is one line. */
const LINE_BREAKS = /[\r\n\t]+/g;

/**
 * The mail that invites somebody into a workspace, with a link to the web app's invitation page. The token is after `#`, like that
 * of a sign-in. Throws `unprocessable` where the invitation waits no more, or a newer mail has its link.
 */
export const composeInvitationMail: ComposeMail = async (ctx, { appOrigin, linkSecret }, { id, to, about }) => {
  const token = await linkToken(linkSecret, "invitation", id);
  const tokenSha256 = await sha256Hex(token);
  const { invitation, workspace, inviter } = await ctx.unitOfWork(async (tx) => {
    const invitation = await tx.invitations.find(About.parse(about).invitationId);
    const workspace = await tx.workspaces.find(invitation.workspaceId);
    const inviter = invitation.invitedBy === null ? null : await tx.users.find(invitation.invitedBy);
    return { invitation, workspace, inviter };
  });
  requireWaiting(invitation, ctx.clock.now());
  if (invitation.tokenSha256 !== tokenSha256) {
    throw new EarwitnessError("unprocessable", "The invitation was sent again meanwhile.");
  }
  const name = workspace.name.replaceAll(LINE_BREAKS, " ");
  const by =
    inviter === null
      ? "You are invited"
      : `${(inviter.name ?? inviter.email).replaceAll(LINE_BREAKS, " ")} invites you`;
  const days = Math.ceil((invitation.expiresAt.getTime() - ctx.clock.now().getTime()) / (24 * 60 * 60_000));
  const letter: Letter = {
    title: "You are invited to Earwitness",
    heading: `${by} to ${name} on Earwitness`,
    lead: `For ${to}, as ${ROLE_WORDS[invitation.role]}. The link works once, for ${days} ${days === 1 ? "day" : "days"}.`,
    button: "See the invitation",
    link: `${appOrigin}/invitation#token=${token}`,
    footer: "If you do not know what this is about, ignore this mail: nothing happens by it.",
  };
  return {
    to,
    subject: `${by} to ${name} on Earwitness`,
    text: letterText(letter),
    html: letterHtml(letter),
    key: `mail/${id}`,
  };
};

const ROLE_WORDS = {
  owner: "an owner",
  admin: "an admin",
  supervisor: "a supervisor",
  agent: "an agent",
  viewer: "a viewer",
} as const;
