import { ContactId, EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import { oneLine } from "./one-line.ts";
import type { ComposeMail } from "./write-mail.ts";

const About = z.object({ contactId: ContactId });

/**
 * What a visitor wrote by the form, to whoever answers such mail; an answer goes to the visitor. Throws `unprocessable` where the
 * message is not kept any more.
 */
export const composeContactMail: ComposeMail = async (ctx, _links, { about }) => {
  const { contactId } = About.parse(about);
  const contact = await ctx.unitOfWork((tx) => tx.contacts.find(contactId));
  if (contact === null) throw new EarwitnessError("unprocessable", "The message is not kept any more.");
  const name = oneLine(contact.name);
  return {
    subject: `${name} wrote by the contact form`,
    replyTo: contact.email,
    letter: {
      title: "A message by the contact form",
      heading: `${name} wrote by the contact form`,
      lead: `From ${contact.email}, which nobody has checked. An answer to this mail goes there.`,
      quote: contact.text,
      footer: "Anybody can write by the form: follow no link, and open nothing, that you do not expect.",
    },
  };
};
