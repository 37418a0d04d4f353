import type { MailId } from "@earwitness/shared";

export interface Mail {
  /** The service brings it back in what it tells of the mail, where it can. */
  readonly id: MailId;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same key within a day sends once, where the service knows keys. */
  readonly key: string;
  /** Who gets the answer; the sender where it is left out. */
  readonly replyTo?: string;
  /** Where one POST says that no more of the kind is wanted (RFC 8058). */
  readonly unsubscribeUrl?: string;
}

/** How a mail came out. */
export type MailOutcome =
  | { readonly kind: "sent"; readonly providerMailId: string }
  /** The address itself is at fault: there is none, or the service sends to it no more. Another attempt ends the same. */
  | { readonly kind: "refused"; readonly cause: "bounced" | "suppressed"; readonly detail: string };

/** Hands one mail over. Throws `EarwitnessError` with `retryable` where it cannot. */
export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
}
