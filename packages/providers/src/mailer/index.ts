export { type ResendOptions, resendMailer } from "./resend/client.ts";
