import { MailNoticeMessage } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import type { Handler } from "hono";
import type { DoorEnv } from "../door-env.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { textOf } from "../text-of.ts";

/**
 * Resend's notices of what became of mails: verified over the raw bytes, put on their queue byte for byte, then answered 200. A
 * mail belongs to no call, so there is no room to keep it in; where the queue does not take it the answer is 503, and Resend sends
 * it again for a day. What is signed but not understood is kept as well.
 */
export const resendNotice: Handler<DoorEnv> = async (c) => {
  const { services, requestId, log } = c.var;
  if (services.verifyResend === null) return problem("not_found", "No notices are awaited here.", requestId);
  const body = await readBody(c.req.raw);
  if (body === null) return problem("too_large", "The notice is longer than is taken.", requestId);
  const receivedAt = new Date();
  const fault = await services.verifyResend({
    id: c.req.header("svix-id"),
    timestamp: c.req.header("svix-timestamp"),
    signature: c.req.header("svix-signature"),
    body,
    nowMs: receivedAt.getTime(),
  });
  if (fault !== null) {
    log.warn("A notice was refused.", { vendor: "resend", fault, sizeBytes: body.length });
    return problem("forbidden", "The notice is not signed as the mail service signs.", requestId);
  }
  const message = MailNoticeMessage.safeParse({
    id: c.req.header("svix-id"),
    receivedAt: receivedAt.toISOString(),
    body: textOf(body),
  });
  if (!message.success) return problem("invalid_request", "The id is longer than an id is.", requestId);
  try {
    await services.mailNotices.send(message.data);
  } catch (error) {
    log.error("The queue did not take a notice of the mail service.", {
      eventId: message.data.id,
      ...errorFields(error),
    });
    return problem("unavailable", "The notice could not be kept. Send it again.", requestId);
  }
  return c.body(null, 200);
};
