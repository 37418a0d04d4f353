import { base64Of } from "@earwitness/shared";

/** SHA-256 of a text, as a Content-Security-Policy names an inline style. */
export async function sha256Base64(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return base64Of(new Uint8Array(digest));
}
