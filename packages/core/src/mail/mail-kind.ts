import { z } from "zod";

/** What a mail is for; its words are in the file of that name. */
export type MailKind = "sign_in" | "invitation" | "contact" | OptionalMailKind;

/** Mails that nobody has asked for at the moment: each carries a link by which there is no more of its kind. */
export const OptionalMailKind = z.enum(["export_ready", "digest"]);
export type OptionalMailKind = z.infer<typeof OptionalMailKind>;

/** Whether who gets it may say no to its kind. */
export function isOptionalMail(kind: MailKind): kind is OptionalMailKind {
  return OptionalMailKind.safeParse(kind).success;
}
