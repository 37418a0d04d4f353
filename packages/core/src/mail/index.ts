export { applyMailNotice, type MailNews, type MailNotice } from "./apply-mail-notice.ts";
export { chooseMails } from "./choose-mails.ts";
export { linkToken } from "./link-token.ts";
export type { MailKind } from "./mail-kind.ts";
export { rejectMail, type SendMailPorts, sendMail } from "./send-mail.ts";
export { SIGN_IN_LINK_MINUTES } from "./sign-in-mail.ts";
export { unsubscribe } from "./unsubscribe.ts";
export { type MailRefusal, readUnsubscribeToken, unsubscribeToken } from "./unsubscribe-link.ts";
export type { MailLinks } from "./write-mail.ts";
