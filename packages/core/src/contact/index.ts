export { contactTicket, readContactTicket } from "./contact-ticket.ts";
export { type ContactWish, sendContact } from "./send-contact.ts";
