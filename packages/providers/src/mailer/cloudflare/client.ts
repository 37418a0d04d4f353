import type { Mail, Mailer } from "@earwitness/core";
import { EarwitnessError, withinLimit } from "@earwitness/shared";
import { z } from "zod";
import { readMailbox } from "../message/address.ts";
import { ownHeaders } from "../message/own-headers.ts";

export interface CloudflareMailOptions {
  /** A `send_email` binding. */
  readonly binding: Pick<SendEmail, "send">;
  /** `Name <address>` of a domain that the account has onboarded. */
  readonly from: string;
}

const SEND_TIME_LIMIT_MS = 15_000;

/**
 * What may go better later; every other code will be the same next time. `E_DELIVERY_FAILED` is tried again because the job's
 * own attempts are few. https://developers.cloudflare.com/email-service/api/send-emails/workers-api/
 */
const RETRYABLE: ReadonlySet<string> = new Set([
  "E_RATE_LIMIT_EXCEEDED",
  "E_INTERNAL_SERVER_ERROR",
  "E_DELIVERY_FAILED",
]);

/** The service keeps a list of addresses that refused for good. */
const SUPPRESSED = "E_RECIPIENT_SUPPRESSED";

/** What the binding throws: an error with a code. Without one the request itself broke. */
const Coded = z.object({ code: z.string().regex(/^E_[A-Z_]+$/), message: z.string() });

/**
 * Mail through Cloudflare's e-mail binding. Throws `vendor_failed`, retryable for a rate limit, a failure of the service and a
 * break. There is no idempotency key: after a break a mail may go out twice, with the same `X-Entity-Ref-ID`.
 */
export function createCloudflareMailer({ binding, from }: CloudflareMailOptions): Mailer {
  const sender = readMailbox(from);
  return {
    async send(mail: Mail) {
      if (sender === null) throw failed("The sender's address (MAIL_FROM) is none.", false);
      const { address, name } = sender;
      const { to, subject, text, html, replyTo } = mail;
      const message = {
        from: name === null ? address : { email: address, name },
        to,
        subject,
        text,
        html,
        ...(replyTo !== undefined && { replyTo }),
        headers: ownHeaders(mail),
      };
      try {
        const { messageId } = await withinLimit(binding.send(message), SEND_TIME_LIMIT_MS);
        return { kind: "sent", providerMailId: messageId };
      } catch (error) {
        const coded = Coded.safeParse(error);
        if (!coded.success)
          throw failed(error instanceof Error ? error.message : String(error), true, { answer: null, cause: error });
        const { code, message: said } = coded.data;
        if (code === SUPPRESSED) return { kind: "refused", cause: "suppressed", detail: `Cloudflare: ${said}` };
        const answer = `${code}: ${said}`;
        throw failed(answer, RETRYABLE.has(code), { answer, cause: error });
      }
    },
  };
}

/** `asked`: what came where the service was asked; its codes are no statuses of HTTP. */
function failed(
  reason: string,
  retryable: boolean,
  asked?: { answer: string | null; cause: unknown },
): EarwitnessError {
  return new EarwitnessError("vendor_failed", `Cloudflare e-mail: ${reason}`, {
    retryable,
    ...(asked && {
      vendorAnswer: { vendor: "Cloudflare e-mail", status: null, requestId: null, answer: asked.answer },
      cause: asked.cause,
    }),
  });
}
