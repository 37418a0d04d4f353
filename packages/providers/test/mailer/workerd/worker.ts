import { connect } from "cloudflare:sockets";
import type { Mail, Mailer } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { createCloudflareMailer, createSmtpMailer, type SmtpOptions } from "../../../src/mailer/index.ts";

interface Wish {
  readonly mail: Mail;
  readonly from: string;
  /** Without it, through the binding. */
  readonly smtp?: Omit<SmtpOptions, "connect" | "from">;
}

/** A Worker that sends a mail and tells how it came out. */
export default {
  async fetch(request, env) {
    const { mail, from, smtp } = await request.json<Wish>();
    const mailer: Mailer =
      smtp === undefined
        ? createCloudflareMailer({ binding: env.EMAIL, from })
        : createSmtpMailer({ ...smtp, from, connect });
    try {
      return Response.json({ sent: await mailer.send(mail) });
    } catch (error) {
      if (!(error instanceof EarwitnessError)) throw error;
      const { code, message, retryable, vendorAnswer } = error;
      return Response.json({ failed: { code, message, retryable, vendorAnswer } });
    }
  },
} satisfies ExportedHandler<{ EMAIL: SendEmail }>;
