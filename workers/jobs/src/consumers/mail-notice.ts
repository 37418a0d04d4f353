import { applyMailNotice } from "@earwitness/core";
import { readResendNotice } from "@earwitness/providers/mailer";
import { MailNoticeMessage } from "@earwitness/shared";
import type { Consumer } from "./consumer.ts";
import { keepUnreadable } from "./dead-letter.ts";

/** What the mail service tells of a mail: into the record, byte for byte and once, with what it means. */
export const consumeMailNotice: Consumer = async (services, message, queue) => {
  const parsed = MailNoticeMessage.safeParse(message.body);
  if (!parsed.success) return keepUnreadable(services, message, queue);
  const { id, receivedAt, body } = parsed.data;
  await applyMailNotice(services.ctx, readResendNotice(id, new Date(receivedAt), body));
};
