import type { MailId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { MailDelivery, MailSuppression, Repositories } from "../ports/repositories/index.ts";

/** What a mail service's notice says of a mail of ours. */
export interface MailNews {
  readonly mailId: MailId;
  readonly delivery: MailDelivery;
  /** Set where no mail is to go to the address any more. */
  readonly suppression: MailSuppression["reason"] | null;
  /** The service's own words. */
  readonly detail: string | null;
  /** When it happened. */
  readonly at: Date;
}

/** A notice of a mail service. */
export interface MailNotice {
  /** The service's own, by which a repeated one is known. */
  readonly id: string;
  readonly type: string;
  readonly providerMailId: string | null;
  readonly receivedAt: Date;
  /** As it came, byte for byte. */
  readonly body: string;
  /** Null where it is about no mail of ours, or says nothing that changes anything. */
  readonly news: MailNews | null;
}

/**
 * Keeps a notice, and notes what it says of its mail and its address: after a bounce for good or a complaint no more mail goes
 * there, after an arrival an earlier bounce is forgotten, whichever is told first. The same notice again changes nothing, unless it
 * had no effect before. Returns whether it did anything.
 */
export async function applyMailNotice(ctx: Context<SystemActor>, { news, ...notice }: MailNotice): Promise<boolean> {
  return ctx.unitOfWork(async (tx) => {
    const isUnapplied = await tx.mailNotices.keep(notice);
    if (!isUnapplied || news === null) return false;
    const mail = await tx.mails.noteDelivery(news.mailId, news);
    if (mail === null) return false;
    await noteAddress(tx, mail.to.toLowerCase(), news);
    await tx.mailNotices.markApplied(notice.id, ctx.clock.now());
    return true;
  });
}

async function noteAddress(
  tx: Pick<Repositories, "mails" | "mailAddresses">,
  address: string,
  news: MailNews,
): Promise<void> {
  const { suppression: reason, detail, at } = news;
  if (reason === null) {
    if (news.delivery === "delivered") await tx.mailAddresses.lift(address, at);
  } else if (reason === "complained" || !(await tx.mails.hasArrived(address, at))) {
    await tx.mailAddresses.suppress(address, { reason, detail, at });
  }
}
