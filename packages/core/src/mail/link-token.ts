import { hexOf, type MailId } from "@earwitness/shared";
import type { MailKind } from "./mail-kind.ts";

/**
 * The secret of a mail's link, 64 hexadecimal characters: HMAC-SHA256 of what mail it is. It is made where the mail is asked for,
 * to store its hash, and once more where the mail is written: so that no table, queue or log ever holds it.
 */
export async function linkToken(secret: string, kind: MailKind, mailId: MailId): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, encoder.encode(`${kind}/${mailId}`));
  return hexOf(new Uint8Array(mac));
}
