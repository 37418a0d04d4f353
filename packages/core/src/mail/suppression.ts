import { DAY_MS } from "../durations.ts";
import type { MailRecord, MailSuppression, Repositories } from "../ports/repositories/index.ts";
import { isOptionalMail } from "./mail-kind.ts";

/** A mailbox that was full or misspelt may be right the next day; asked more often, the service's own good name suffers. */
const TRY_AGAIN_AFTER_MS = DAY_MS;

/** Why a mail is not to be sent, as a sentence; null where nothing speaks against it. */
export async function hindranceOf(
  tx: Pick<Repositories, "mailAddresses">,
  { to, kind }: Pick<MailRecord, "to" | "kind">,
  now: Date,
): Promise<string | null> {
  const address = to.toLowerCase();
  const suppression = await tx.mailAddresses.suppression(address);
  if (suppression !== null && !mayTryAnew(suppression, kind, now)) return SUPPRESSED[suppression.reason];
  if (isOptionalMail(kind) && (await tx.mailAddresses.unwanted(address)).includes(kind)) {
    return "Whoever has the address wants no more mails of this kind.";
  }
  return null;
}

/**
 * Whoever asks for a sign-in link says that the address is theirs and works: once a day that is believed. After a complaint it is
 * not, because it may be somebody else who asks.
 */
function mayTryAnew({ reason, at }: MailSuppression, kind: MailRecord["kind"], now: Date): boolean {
  return kind === "sign_in" && reason !== "complained" && now.getTime() - at.getTime() >= TRY_AGAIN_AFTER_MS;
}

const SUPPRESSED: Readonly<Record<MailSuppression["reason"], string>> = {
  bounced: "An earlier mail to the address came back for good.",
  complained: "Whoever has the address said that an earlier mail was unwanted.",
  suppressed: "The mail service sends to this address no more.",
};
