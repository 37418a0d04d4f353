import type { Failure, MailId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobUnasked } from "../job/job-handler.ts";
import type { Mailer, MailOutcome } from "../ports/mailer.ts";
import type { MailRecord, Repositories } from "../ports/repositories/index.ts";
import { hindranceOf } from "./suppression.ts";
import { type MailLinks, writeMail } from "./write-mail.ts";

export interface SendMailPorts {
  readonly mailer: Mailer;
  readonly mailLinks: MailLinks;
}

/**
 * Sends a mail that was asked for; one that was settled before is left alone. Where the address takes no mail, or its owner wants
 * none of this kind, the mail is rejected and says so: another attempt would end the same. The mail's id is the key of its
 * sending, so that a second attempt after a lost answer sends nothing twice where the service knows keys. Throws what the
 * mailer throws, and `unprocessable` for a mail whose time has passed.
 */
export async function sendMail(
  ctx: Context<SystemActor>,
  ports: SendMailPorts,
  mailId: MailId,
): Promise<JobUnasked | undefined> {
  const { mail, hindrance } = await ctx.unitOfWork(async (tx) => {
    const mail = await tx.mails.find(mailId);
    return { mail, hindrance: await hindranceOf(tx, mail, ctx.clock.now()) };
  });
  if (mail.state !== "queued") return { kind: "unasked" };
  if (hindrance !== null) {
    await ctx.unitOfWork((tx) => reject(tx, mailId, hindrance, ctx.clock.now()));
    return { kind: "unasked" };
  }
  const outcome = await ports.mailer.send(await writeMail(ctx, ports.mailLinks, mail));
  await ctx.unitOfWork((tx) => note(tx, mail, outcome, ctx.clock.now()));
  return undefined;
}

async function note(
  tx: Pick<Repositories, "mails" | "mailAddresses">,
  { id, to, createdAt }: MailRecord,
  outcome: MailOutcome,
  at: Date,
): Promise<void> {
  const address = to.toLowerCase();
  if (outcome.kind === "refused") {
    await tx.mailAddresses.suppress(address, { reason: outcome.cause, detail: outcome.detail, at });
    await reject(tx, id, `The address was refused: ${outcome.detail}`, at);
    return;
  }
  await tx.mails.settle(id, { state: "sent", providerMailId: outcome.providerMailId, at });
  // Should it have been a try, it was the day's. What arrives is told to have arrived after this instant.
  await tx.mailAddresses.markTried(address, createdAt);
}

/** Says on the mail itself that it was given up, and why. */
export async function rejectMail(
  ctx: Pick<Context, "clock">,
  tx: Pick<Repositories, "mails">,
  mailId: MailId,
  failure: Failure,
): Promise<void> {
  await reject(tx, mailId, failure.message, ctx.clock.now());
}

/** A mail that was given up is to be sent after all; one that went out stays as it is. */
export async function requeueMail(tx: Pick<Repositories, "mails">, mailId: MailId): Promise<void> {
  await tx.mails.requeue(mailId);
}

async function reject(tx: Pick<Repositories, "mails">, mailId: MailId, reason: string, at: Date): Promise<void> {
  await tx.mails.settle(mailId, { state: "rejected", reason, at });
}
