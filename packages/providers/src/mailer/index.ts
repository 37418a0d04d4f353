export { type CloudflareMailOptions, createCloudflareMailer } from "./cloudflare/client.ts";
export { createResendMailer, type ResendOptions } from "./resend/client.ts";
export { createSmtpMailer, type SmtpOptions } from "./smtp/client.ts";
