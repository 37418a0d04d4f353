import { contactTicket, sendContact as send } from "@earwitness/core";
import { AcceptedContact, EarwitnessError, SendContact } from "@earwitness/shared";
import { z } from "zod";
import { limitContacts } from "../auth/limit.ts";
import { IdempotencyKey } from "../http/idempotency-key.ts";
import { reply, route } from "../http/route.ts";

/** A message of 5,000 characters of four bytes, and what is around it. */
const MAX_BODY_BYTES = 24 * 1024;

export const sendContact = route({
  method: "post",
  path: "/contact",
  operationId: "sendContact",
  tag: "Workspace",
  summary: "Write to those who run this deployment",
  description:
    "Mailed by a job; `GET /v1/contact/{jobId}` with the token tells what became of it. The same `Idempotency-Key` with the same message is one message. A few a minute from one network, and then 429. 404 where nobody reads what is written here.",
  may: "anyone",
  maxBodyBytes: MAX_BODY_BYTES,
  request: { header: z.object({ "idempotency-key": IdempotencyKey.optional() }), body: SendContact },
  returns: { 202: AcceptedContact },
  handle: async ({ services, input: { header, body } }) => {
    const { CONTACT_TO, LINK_SECRET } = services.env;
    if (CONTACT_TO === "") throw new EarwitnessError("not_found", "There is no contact form here.");
    await limitContacts(services);
    const ctx = services.contextOf({ kind: "system", reason: "contact form" });
    const { website, ...wish } = body;
    // A program that filled in what no person sees hears the same as a person, and nothing is kept or sent.
    const asked =
      website === ""
        ? await send(ctx, CONTACT_TO, wish, header["idempotency-key"] ?? null)
        : { jobId: ctx.newId("job"), mailId: ctx.newId("mail") };
    services.kickOutbox();
    return reply(202, { jobId: asked.jobId, token: await contactTicket(LINK_SECRET, asked, ctx.clock.now()) });
  },
});
