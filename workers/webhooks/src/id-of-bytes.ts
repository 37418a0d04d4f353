import { hexOf } from "@earwitness/shared";

/** The event id of a notice that has none that we could read: the same bytes are the same notice. */
export async function idOfBytes(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return `sha256:${hexOf(new Uint8Array(digest))}`;
}
