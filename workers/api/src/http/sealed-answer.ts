import { base64Of, bytesOfBase64 } from "@earwitness/shared";
import { z } from "zod";

/** An answer as it is kept: what makes it the same again, byte for byte. */
export const KeptAnswer = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;

/** AES-GCM's usual length; random, because each key seals one answer. */
const IV_BYTES = 12;

/**
 * Seals an answer with a key that nobody has alone: it is derived from our secret and from what the client sent as its key, which
 * is stored nowhere. An answer may hold what is told once, such as an API key.
 */
export async function sealAnswer(secret: string, clientKey: string, answer: KeptAnswer): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(answer));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealingKey(secret, clientKey), plain);
  return base64Of(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/** Opens what `sealAnswer` sealed. Throws for any other secret or key, and for what was changed. */
export async function openAnswer(secret: string, clientKey: string, sealed: string): Promise<KeptAnswer> {
  const bytes = bytesOfBase64(sealed);
  const iv = bytes.subarray(0, IV_BYTES);
  const key = await sealingKey(secret, clientKey);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.subarray(IV_BYTES));
  return KeptAnswer.parse(JSON.parse(new TextDecoder().decode(plain)));
}

async function sealingKey(secret: string, clientKey: string): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: encoder.encode(clientKey), info: encoder.encode("kept answer") },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}
