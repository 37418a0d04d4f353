import { JobId, MailId } from "@earwitness/shared";
import { z } from "zod";
import { readTicket, signTicket } from "../identity/ticket.ts";

/** Nobody waits longer on a page to hear whether their message went out. */
const TICKET_MINUTES = 60;

const Claims = z.object({ jobId: JobId, mailId: MailId });
type Claims = z.infer<typeof Claims>;

/** Lets whoever wrote by the form ask what became of that message, and of nothing else. */
export function contactTicket(secret: string, { jobId, mailId }: Claims, now: Date): Promise<string> {
  const expiresAt = new Date(now.getTime() + TICKET_MINUTES * 60_000);
  return signTicket(secret, "contact", { jobId, mailId }, expiresAt);
}

/** The mail of the job for which the ticket was given; null for every other ticket. */
export async function readContactTicket(
  secret: string,
  ticket: string,
  jobId: JobId,
  now: Date,
): Promise<MailId | null> {
  const claims = await readTicket(secret, "contact", ticket, Claims, now);
  return claims?.jobId === jobId ? claims.mailId : null;
}
