import type { Mail, Mailer } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import { type HttpOutcome, requestVendor, vendorAnswerOf, vendorError } from "../../http/index.ts";
import { ownHeaders } from "../message/own-headers.ts";
import { MAIL_TAG } from "./notice.ts";

export interface ResendOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** `Name <address>` of a domain that Resend has verified. */
  readonly from: string;
}

/** A person waits for the answer: what takes longer is told as a failure. */
const SEND_TIME_LIMIT_MS = 8_000;

const Sent = z.object({ id: z.string() });
const Refusal = z.object({ name: z.string(), message: z.string() });

/** 429 by meaning, but waiting does not help: the day's or month's mails are used up. */
const EXHAUSTED = new Set(["daily_quota_exceeded", "monthly_quota_exceeded"]);

/**
 * Mail through Resend (`POST /emails`). The same `key` within 24 h sends once. Throws `vendor_failed`, retryable unless Resend
 * refused the mail or its quota is used up; an earlier send of the same key that is still running counts as retryable.
 */
export function createResendMailer(options: ResendOptions): Mailer {
  return {
    async send(mail: Mail) {
      const outcome = await requestVendor({
        method: "POST",
        url: new URL("/emails", options.baseUrl).href,
        headers: {
          authorization: `Bearer ${options.apiKey}`,
          // Without one Resend's edge answers 403 (code 1010), and fetch in a Worker sends none by itself.
          "user-agent": "earwitness/1.0",
          "idempotency-key": mail.key,
        },
        json: bodyOf(mail, options.from),
        timeLimitMs: SEND_TIME_LIMIT_MS,
      });
      if (outcome.kind !== "ok") throw errorOf(outcome);
      const sent = Sent.safeParse(outcome.body);
      if (!sent.success) {
        const vendorAnswer = vendorAnswerOf("Resend", outcome);
        throw new EarwitnessError("vendor_failed", "Resend took the mail, but named no id.", { vendorAnswer });
      }
      return { kind: "sent", providerMailId: sent.data.id };
    },
  };
}

/** Resend brings tags back in its notices: by ours we know the mail, whether we have heard of Resend's own id yet or not. */
function bodyOf(mail: Mail, from: string): object {
  const { id, to, subject, text, html, replyTo } = mail;
  return {
    from,
    to: [to],
    subject,
    text,
    html,
    ...(replyTo !== undefined && { reply_to: [replyTo] }),
    headers: ownHeaders(mail),
    tags: [{ name: MAIL_TAG, value: id }],
  };
}

function errorOf(outcome: Exclude<HttpOutcome, { kind: "ok" }>): EarwitnessError {
  const refusal = Refusal.safeParse(outcome.body);
  if (!refusal.success) return vendorError("Resend", outcome, null);
  const { name, message } = refusal.data;
  const said = `${name}: ${message}`;
  const isConcurrent = name === "concurrent_idempotent_requests";
  if (isConcurrent || EXHAUSTED.has(name)) {
    const vendorAnswer = vendorAnswerOf("Resend", outcome);
    return new EarwitnessError("vendor_failed", `Resend: ${said}`, { retryable: isConcurrent, vendorAnswer });
  }
  return vendorError("Resend", outcome, said);
}
