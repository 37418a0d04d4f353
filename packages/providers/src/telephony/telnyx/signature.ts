import { bytesOfBase64 } from "@earwitness/shared";

/** How far a notice's timestamp may be from our clock, either way: what Telnyx's own SDK allows. */
const TIMESTAMP_TOLERANCE_MS = 300_000;

/** Why a notice is not Telnyx's. Goes into the log, never into the answer. */
export type SignatureFault = "header_missing" | "timestamp_malformed" | "stale" | "signature_malformed" | "forged";

export interface SignedNotice {
  readonly signature: string | null | undefined;
  readonly timestamp: string | null | undefined;
  /** The body's bytes exactly as received. */
  readonly body: Uint8Array;
  readonly nowMs: number;
}

/** Tells whether a notice was signed by the account of the key: null if so, else what is wrong with it. */
export type TelnyxVerifier = (notice: SignedNotice) => Promise<SignatureFault | null>;

const SIGNATURE_BYTES = 64;
const PUBLIC_KEY_BYTES = 32;

/**
 * Verifies Ed25519 over `<timestamp>|<body>` with the account's public key (base64 of the raw 32 bytes). The order of the
 * checks is Telnyx's: headers, timestamp, lengths, signature; the body is not read before all of them hold. The signature
 * does not cover the URL, so a notice counts by its event id, wherever it arrives. Throws when the key is malformed.
 */
export function createTelnyxVerifier(publicKey: string): TelnyxVerifier {
  const rawKey = bytesOrNull(publicKey);
  if (rawKey?.length !== PUBLIC_KEY_BYTES) throw new Error("Telnyx's public key must be the base64 of 32 bytes.");
  let imported: Promise<CryptoKey> | undefined;
  return async ({ signature, timestamp, body, nowMs }) => {
    if (!signature || !timestamp) return "header_missing";
    if (!/^\d{1,12}$/.test(timestamp)) return "timestamp_malformed";
    if (Math.abs(nowMs - Number(timestamp) * 1000) > TIMESTAMP_TOLERANCE_MS) return "stale";
    const signatureBytes = bytesOrNull(signature);
    if (signatureBytes?.length !== SIGNATURE_BYTES) return "signature_malformed";
    imported ??= crypto.subtle.importKey("raw", rawKey, { name: "Ed25519" }, false, ["verify"]);
    const isGenuine = await crypto.subtle.verify(
      "Ed25519",
      await imported,
      signatureBytes,
      signedBytes(timestamp, body),
    );
    return isGenuine ? null : "forged";
  };
}

function signedBytes(timestamp: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const prefix = new TextEncoder().encode(`${timestamp}|`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  return signed;
}

function bytesOrNull(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return bytesOfBase64(base64);
  } catch {
    return null;
  }
}
