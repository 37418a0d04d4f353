import type { Context, SystemActor } from "../context.ts";
import type { Mail } from "../ports/mailer.ts";
import type { MailRecord } from "../ports/repositories/index.ts";
import { composeContactMail } from "./contact-mail.ts";
import { composeDigestMail } from "./digest-mail.ts";
import { composeExportReadyMail } from "./export-ready-mail.ts";
import { composeInvitationMail } from "./invitation-mail.ts";
import { type Letter, letterHtml, letterText } from "./letter.ts";
import { isOptionalMail, type MailKind } from "./mail-kind.ts";
import { oneLine } from "./one-line.ts";
import { composeSignInMail } from "./sign-in-mail.ts";
import { unsubscribeToken } from "./unsubscribe-link.ts";

/** What a mail's links are made with. */
export interface MailLinks {
  /** Where people's browsers find the app. */
  readonly appOrigin: string;
  /** The secret of `linkToken`. */
  readonly linkSecret: string;
}

/** What a mail says. */
export interface MailWords {
  readonly subject: string;
  readonly letter: Letter;
  readonly replyTo?: string;
}

/**
 * Finds a kind's words. For the same mail they are the same whenever they are asked for, because a service that gets two mails
 * with one key refuses the second. Throws `unprocessable` where there is no sense in the mail any more.
 */
export type ComposeMail = (ctx: Context<SystemActor>, links: MailLinks, mail: MailRecord) => Promise<MailWords>;

const WORDS: Readonly<Record<MailKind, ComposeMail>> = {
  sign_in: composeSignInMail,
  invitation: composeInvitationMail,
  contact: composeContactMail,
  export_ready: composeExportReadyMail,
  digest: composeDigestMail,
};

/** Writes a mail, in text and HTML; one that nobody asked for with its link against more. Throws as its kind's words do. */
export async function writeMail(ctx: Context<SystemActor>, links: MailLinks, mail: MailRecord): Promise<Mail> {
  const { subject, letter, replyTo } = await WORDS[mail.kind](ctx, links, mail);
  const { id, to, kind } = mail;
  const parts = { id, to, subject: oneLine(subject), key: `mail/${id}`, ...(replyTo !== undefined && { replyTo }) };
  if (!isOptionalMail(kind)) return { ...parts, text: letterText(letter), html: letterHtml(letter) };
  const token = await unsubscribeToken(links.linkSecret, mail, kind);
  const withLink: Letter = { ...letter, unsubscribeLink: `${links.appOrigin}/unsubscribe#token=${token}&kind=${kind}` };
  return {
    ...parts,
    text: letterText(withLink),
    html: letterHtml(withLink),
    unsubscribeUrl: `${links.appOrigin}/api/v1/mail/unsubscribe?token=${token}`,
  };
}
