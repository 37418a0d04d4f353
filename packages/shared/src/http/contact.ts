import { z } from "zod";
import { AcceptedJob } from "./job.ts";

/** `isOpen`: somebody reads what is written here. */
export const ContactFormView = z.object({ isOpen: z.boolean() }).meta({ id: "ContactFormView" });
export type ContactFormView = z.infer<typeof ContactFormView>;

const MAX_NAME_CHARACTERS = 100;
const MAX_ADDRESS_CHARACTERS = 254;
const MAX_CONTACT_CHARACTERS = 5_000;

/** What a visitor writes. */
export const SendContact = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(MAX_NAME_CHARACTERS)
      .regex(/^\P{Cc}*$/u, "must be one line"),
    email: z.email().max(MAX_ADDRESS_CHARACTERS).describe("Where an answer goes"),
    text: z.string().trim().min(1).max(MAX_CONTACT_CHARACTERS),
    website: z.string().max(MAX_NAME_CHARACTERS).default("").describe("Leave it empty: only programs fill it in"),
  })
  .meta({ id: "SendContact" });
export type SendContact = z.infer<typeof SendContact>;

/** With the token, for an hour, `GET /v1/contact/{jobId}` tells what became of the message. */
export const AcceptedContact = AcceptedJob.extend({ token: z.string() }).meta({ id: "AcceptedContact" });
export type AcceptedContact = z.infer<typeof AcceptedContact>;

export const ContactStatus = z.object({ state: z.enum(["queued", "sent", "failed"]) }).meta({ id: "ContactStatus" });
export type ContactStatus = z.infer<typeof ContactStatus>;
