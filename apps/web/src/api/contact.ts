import type { AcceptedContact, ContactFormView, ContactStatus, SendContact } from "@earwitness/shared";
import { request } from "./request.ts";

/** Writing to those who run this deployment, without being signed in. */

/** Whether there is somebody to write to. */
export function readContactForm(signal: AbortSignal): Promise<ContactFormView> {
  return request({ path: "/contact", signal, returns: (contract) => contract.ContactFormView });
}

/** Has a message mailed. `key` makes a repeated press one message. */
export function sendContact(message: SendContact, key: string): Promise<AcceptedContact> {
  return request({
    path: "/contact",
    method: "POST",
    body: message,
    headers: { "idempotency-key": key },
    returns: (contract) => contract.AcceptedContact,
  });
}

/** What became of a message, by what its sending was answered with. */
export function readContactStatus({ jobId, token }: AcceptedContact, signal: AbortSignal): Promise<ContactStatus> {
  const query = new URLSearchParams({ token });
  return request({ path: `/contact/${jobId}?${query}`, signal, returns: (contract) => contract.ContactStatus });
}
