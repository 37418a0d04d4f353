export { type CloudflareMailOptions, createCloudflareMailer } from "./cloudflare/client.ts";
export { createResendMailer, type ResendOptions } from "./resend/client.ts";
export { readResendNotice } from "./resend/notice.ts";
export { createResendVerifier, type ResendVerifier, type SvixSigned } from "./resend/signature.ts";
export { createSmtpMailer, type SmtpOptions } from "./smtp/client.ts";
