import type { Context, SystemActor } from "../context.ts";
import type { Mail } from "../ports/mailer.ts";
import type { MailRecord } from "../ports/repositories/index.ts";
import { composeInvitationMail } from "./invitation-mail.ts";
import type { MailKind } from "./mail-kind.ts";
import { composeSignInMail } from "./sign-in-mail.ts";

/** What a mail's links are made with. */
export interface MailLinks {
  /** Where people's browsers find the app. */
  readonly appOrigin: string;
  /** The secret of `linkToken`. */
  readonly linkSecret: string;
}

/** Writes a mail as things are now. Throws `unprocessable` where there is no sense in it any more. */
export type ComposeMail = (ctx: Context<SystemActor>, links: MailLinks, mail: MailRecord) => Promise<Mail>;

/** The words of each kind of mail. */
export const MAIL_WORDS: Readonly<Record<MailKind, ComposeMail>> = {
  sign_in: composeSignInMail,
  invitation: composeInvitationMail,
};
