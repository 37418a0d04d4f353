import { z } from "zod";

/** Mails that nobody has asked for at the moment: who gets them may say no to each kind. */
export const OptionalMailKind = z.enum(["export_ready", "digest"]).meta({ id: "OptionalMailKind" });
export type OptionalMailKind = z.infer<typeof OptionalMailKind>;

const MAX_TOKEN_CHARACTERS = 1_000;
export const UnsubscribeQuery = z.object({
  token: z.string().min(1).max(MAX_TOKEN_CHARACTERS).describe("From the mail's link"),
});

/** An address, and the kind of mail that goes there no more. */
export const MailRefusalView = z
  .object({ address: z.string(), kind: OptionalMailKind })
  .meta({ id: "MailRefusalView" });
export type MailRefusalView = z.infer<typeof MailRefusalView>;
