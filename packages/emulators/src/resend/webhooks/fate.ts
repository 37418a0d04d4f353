import type { Mail } from "../mail.ts";

/** What becomes of a mail, as the vendor tells it: the events in their order, each with what it carries besides the mail. */
export type Fate = readonly { readonly type: string; readonly data: object }[];

const SENT = { type: "email.sent", data: {} };
const DELIVERED = { type: "email.delivered", data: {} };

/** The vendor's addresses for tests, each of which may carry a label: `bounced+signup@resend.dev`. */
const FATES: Readonly<Record<string, Fate>> = {
  delivered: [SENT, DELIVERED],
  bounced: [
    SENT,
    {
      type: "email.bounced",
      data: {
        bounce: {
          type: "Permanent",
          subType: "General",
          message: "The recipient's email provider sent a hard bounce message.",
        },
      },
    },
  ],
  complained: [SENT, DELIVERED, { type: "email.complained", data: {} }],
  suppressed: [
    {
      type: "email.suppressed",
      data: {
        suppressed: {
          type: "OnAccountSuppressionList",
          message: "Resend has suppressed sending to this address because it is on the account-level suppression list.",
        },
      },
    },
  ],
};

/** What becomes of a mail: it is delivered, unless its first recipient is one of the vendor's addresses for tests. */
export function fateOf({ to }: Pick<Mail, "to">): Fate {
  const name = /^(?:[^<>]*<)?(\w+)(?:\+[^@]*)?@resend\.dev>?$/i.exec(to[0] ?? "")?.[1]?.toLowerCase() ?? "";
  return FATES[name] ?? [SENT, DELIVERED];
}
