import { hexOf } from "@earwitness/shared";

/** 256 random bits: past guessing, so that a plain SHA-256 of it is as good as any slower hash. */
const SECRET_BYTES = 32;

/** A fresh secret as 64 hex characters. */
export function newSecret(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** SHA-256 of the text's UTF-8 bytes, lower-case hex: the only form in which a secret is stored. */
export async function sha256Hex(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}
