export { createResendMailer, type ResendOptions } from "./resend/client.ts";
