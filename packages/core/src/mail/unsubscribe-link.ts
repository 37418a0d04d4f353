import { OptionalMailKind } from "@earwitness/shared";
import { z } from "zod";
import { DAY_MS } from "../durations.ts";
import { readTicket, signTicket } from "../identity/ticket.ts";
import type { MailRecord } from "../ports/repositories/index.ts";

/** Mails lie in mailboxes for years, and whoever finds one may still say no. */
const UNSUBSCRIBE_DAYS = 2 * 365;

const Refusal = z.object({ address: z.string(), kind: OptionalMailKind });
/** An address, and a kind of mail that it wants no more. */
export type MailRefusal = z.infer<typeof Refusal>;

/**
 * Proves, to whoever holds it, the wish to get no more mails of this one's kind at its address. It is the same whenever it is
 * made for the same mail, and lets its holder do nothing else.
 */
export function unsubscribeToken(
  secret: string,
  { to, createdAt }: Pick<MailRecord, "to" | "createdAt">,
  kind: OptionalMailKind,
): Promise<string> {
  const expiresAt = new Date(createdAt.getTime() + UNSUBSCRIBE_DAYS * DAY_MS);
  return signTicket(secret, "unsubscribe", { address: to.toLowerCase(), kind } satisfies MailRefusal, expiresAt);
}

/** What the token is for; null for what is none of ours, or too old. */
export function readUnsubscribeToken(secret: string, token: string, now: Date): Promise<MailRefusal | null> {
  return readTicket(secret, "unsubscribe", token, Refusal, now);
}
