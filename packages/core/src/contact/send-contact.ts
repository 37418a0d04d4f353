import { EarwitnessError, type JobId, type MailId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { sha256Hex } from "../identity/secret.ts";
import type { ContactRecord } from "../ports/repositories/index.ts";

export type ContactWish = Omit<ContactRecord, "id">;

/**
 * Keeps what a visitor wrote, and has it mailed to `to`, by a job. The same `idempotencyKey` (null for none) with the same message
 * is one message. Throws `unprocessable` for a key that came with another.
 */
export async function sendContact(
  ctx: Context<SystemActor>,
  to: string,
  wish: ContactWish,
  idempotencyKey: string | null,
): Promise<{ readonly jobId: JobId; readonly mailId: MailId }> {
  const id = ctx.newId("contact");
  const key = `contact/${idempotencyKey === null ? id : await sha256Hex(idempotencyKey)}`;
  return ctx.unitOfWork(async (tx) => {
    const mail = { id: ctx.newId("mail"), workspaceId: null, kind: "contact", to, about: { contactId: id } } as const;
    const asked = await tx.mails.add(mail, key);
    if (asked.mailId === mail.id) await tx.contacts.add({ id, ...wish, jobId: asked.jobId });
    else if (!isSame(await tx.contacts.byJob(asked.jobId), wish)) throw usedOtherwise();
    return asked;
  });
}

function isSame(kept: ContactRecord | null, wish: ContactWish): boolean {
  return kept !== null && kept.name === wish.name && kept.email === wish.email && kept.text === wish.text;
}

function usedOtherwise(): EarwitnessError {
  return new EarwitnessError("unprocessable", "This Idempotency-Key was used for another message. Take a new key.", {
    fields: [{ pointer: "header/idempotency-key", detail: "was used with another request" }],
  });
}
