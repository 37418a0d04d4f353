import { OptionalMailKind } from "@earwitness/shared";

/** What a mail is for; its words are in the file of that name. */
export type MailKind = "sign_in" | "invitation" | "contact" | OptionalMailKind;

/** Whether who gets it may say no to its kind: such a mail carries the link for it. */
export function isOptionalMail(kind: MailKind): kind is OptionalMailKind {
  return OptionalMailKind.safeParse(kind).success;
}
