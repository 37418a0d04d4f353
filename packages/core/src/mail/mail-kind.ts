/** What a mail is for; its words are in the file of that name. */
export type MailKind = "sign_in" | "invitation";
