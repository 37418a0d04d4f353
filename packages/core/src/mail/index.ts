export type { ComposeMail, MailLinks } from "./compose-mail.ts";
export { linkToken } from "./link-token.ts";
export type { MailKind } from "./mail-kind.ts";
export { rejectMail, type SendMailPorts, sendMail } from "./send-mail.ts";
export { SIGN_IN_LINK_MINUTES } from "./sign-in-mail.ts";
