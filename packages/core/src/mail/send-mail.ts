import type { Failure, MailId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import { MAIL_WORDS, type MailLinks } from "./compose-mail.ts";

export interface SendMailPorts {
  readonly mailer: Mailer;
  readonly mailLinks: MailLinks;
}

/**
 * Sends a mail that was asked for; one that was settled before is left alone. The mail's id is the key of its sending, so that a
 * second attempt after a lost answer sends nothing twice where the service knows keys. Throws what the mailer throws, and
 * `unprocessable` for a mail whose time has passed.
 */
export async function sendMail(ctx: Context<SystemActor>, ports: SendMailPorts, mailId: MailId): Promise<void> {
  const mail = await ctx.unitOfWork((tx) => tx.mails.find(mailId));
  if (mail.state !== "queued") return;
  const compose = MAIL_WORDS[mail.kind];
  const { mailId: providerMailId } = await ports.mailer.send(await compose(ctx, ports.mailLinks, mail));
  await ctx.unitOfWork((tx) => tx.mails.settle(mailId, { state: "sent", providerMailId, at: ctx.clock.now() }));
}

/** Says on the mail itself that it was given up, and why. */
export async function rejectMail(
  ctx: Context<SystemActor>,
  tx: Pick<Repositories, "mails">,
  mailId: MailId,
  failure: Failure,
): Promise<void> {
  await tx.mails.settle(mailId, { state: "rejected", reason: failure.message, at: ctx.clock.now() });
}
