import type { MailNews, MailNotice } from "@earwitness/core";
import { MailId } from "@earwitness/shared";
import { z } from "zod";
import { parseJson } from "../../http/index.ts";

/** The tag that carries our own id of the mail. */
export const MAIL_TAG = "mail";

const Notice = z.object({
  type: z.string().max(100),
  created_at: z.iso.datetime({ offset: true }),
  data: z.looseObject({
    email_id: z.string().max(200).optional(),
    // An object here, although it was sent as a list.
    tags: z.record(z.string(), z.string()).optional().catch(undefined),
    bounce: z.object({ type: z.string(), message: z.string().optional() }).optional().catch(undefined),
    failed: z.object({ reason: z.string() }).optional().catch(undefined),
    suppressed: z.object({ message: z.string() }).optional().catch(undefined),
  }),
});
type Data = z.infer<typeof Notice>["data"];
type Told = Pick<MailNews, "delivery" | "suppression" | "detail">;

/** What each type says; every other one says nothing that we keep. https://resend.com/docs/dashboard/webhooks/event-types */
const MEANINGS: Readonly<Record<string, (data: Data) => Told>> = {
  "email.delivered": () => ({ delivery: "delivered", suppression: null, detail: null }),
  "email.delivery_delayed": () => ({
    delivery: "delayed",
    suppression: null,
    detail: "The mailbox does not take it yet.",
  }),
  "email.bounced": ({ bounce }) => ({
    delivery: "bounced",
    // The others, Transient and Undetermined, may be gone by the next mail.
    suppression: bounce?.type === "Permanent" ? "bounced" : null,
    detail: bounce?.message ?? "It came back.",
  }),
  "email.complained": () => ({ delivery: "complained", suppression: "complained", detail: "It was called unwanted." }),
  "email.suppressed": ({ suppressed }) => ({
    delivery: "suppressed",
    suppression: "suppressed",
    detail: suppressed?.message ?? "The service sends to the address no more.",
  }),
  "email.failed": ({ failed }) => ({ delivery: "failed", suppression: null, detail: failed?.reason ?? "It failed." }),
};

const MAX_DETAIL = 500;

/** Reads a verified notice. Without `news` where it is about no mail of ours, says nothing that we keep, or is not understood. */
export function readResendNotice(id: string, receivedAt: Date, body: string): MailNotice {
  const parsed = Notice.safeParse(parseJson(body));
  if (!parsed.success) return { id, type: "unreadable", providerMailId: null, receivedAt, body, news: null };
  const { type, created_at, data } = parsed.data;
  const mailId = MailId.safeParse(data.tags?.[MAIL_TAG]);
  const told = MEANINGS[type]?.(data);
  const news = told === undefined || !mailId.success ? null : newsOf(mailId.data, told, new Date(created_at));
  return { id, type, providerMailId: data.email_id ?? null, receivedAt, body, news };
}

function newsOf(mailId: MailId, { detail, ...told }: Told, at: Date): MailNews {
  return { mailId, ...told, detail: detail?.slice(0, MAX_DETAIL) ?? null, at };
}
