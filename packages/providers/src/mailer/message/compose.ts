import { type Mail, sha256Hex } from "@earwitness/core";
import { type Mailbox, readAddress } from "./address.ts";
import { headerMailbox, headerText } from "./header.ts";
import { ownHeaders } from "./own-headers.ts";
import { quotedPrintable } from "./quoted-printable.ts";

/**
 * A mail as a message of RFC 5322: text and HTML as alternatives, 7-bit, lines of at most 998 characters and CRLF throughout.
 * The same `key` has the same Message-ID, by which a mailbox knows a mail that was handed over twice.
 */
export async function composeMessage(mail: Mail, from: Mailbox, to: string, at: Date): Promise<string> {
  const id = await sha256Hex(mail.key);
  // Of quoted-printable text no line can be this: there "=" is followed by hexadecimal digits or by the line's end.
  const boundary = `=_${id.slice(0, 32)}`;
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return [
    `From: ${headerMailbox(from)}`,
    `To: ${headerMailbox({ name: null, address: to })}`,
    ...replyTo(mail.replyTo),
    `Subject: ${headerText(mail.subject)}`,
    `Date: ${at.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${id.slice(0, 40)}@${domain}>`,
    "Auto-Submitted: auto-generated",
    ...Object.entries(ownHeaders(mail)).map(([name, value]) => `${name}: ${value}`),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    "",
    ...part(boundary, "text/plain", mail.text),
    ...part(boundary, "text/html", mail.html),
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

/** What is no address that a header can hold is left out: an answer goes to the sender then. */
function replyTo(text: string | undefined): string[] {
  const address = text === undefined ? null : readAddress(text);
  return address === null ? [] : [`Reply-To: ${headerMailbox({ name: null, address })}`];
}

function part(boundary: string, type: string, text: string): string[] {
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    "Content-Transfer-Encoding: quoted-printable",
    "",
    quotedPrintable(text),
  ];
}
