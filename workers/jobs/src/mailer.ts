import { connect } from "cloudflare:sockets";
import type { Mailer } from "@earwitness/core";
import { createCloudflareMailer, createResendMailer, createSmtpMailer } from "@earwitness/providers/mailer";
import type { JobsEnv } from "./env.ts";

const IMPLICIT_TLS_PORT = 465;

/** The way by which mails go out, as it is configured. */
export function mailerOf(env: JobsEnv): Mailer {
  const from = env.MAIL_FROM;
  switch (env.MAIL_DRIVER) {
    case "resend":
      return createResendMailer({ baseUrl: env.RESEND_BASE_URL, apiKey: env.RESEND_API_KEY, from });
    case "cloudflare":
      return createCloudflareMailer({ binding: env.EMAIL, from });
    case "smtp":
      return createSmtpMailer({
        connect,
        hostname: env.SMTP_HOST,
        port: env.SMTP_PORT,
        security: env.SMTP_PORT === IMPLICIT_TLS_PORT ? "tls" : "starttls",
        username: env.SMTP_USERNAME,
        password: env.SMTP_PASSWORD,
        from,
      });
  }
}
