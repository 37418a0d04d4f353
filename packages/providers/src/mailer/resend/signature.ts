import { bytesOfBase64 } from "@earwitness/shared";

/** Svix's own tolerance, in both directions. https://docs.svix.com/receiving/verifying-payloads/how-manual */
const TOLERANCE_MS = 300_000;
const SECRET_PREFIX = "whsec_";
/** During a change of the secret there are two; nobody needs more. */
const MAX_SIGNATURES = 8;

/** What a request brings: its headers as they are, its body as received, and when. */
export interface SvixSigned {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Uint8Array;
  readonly nowMs: number;
}

/** Tells what is wrong with a notice's signature; null where it is Resend's. */
export type ResendVerifier = (signed: SvixSigned) => Promise<"missing" | "stale" | "signature" | null>;

/**
 * Verifies Resend's notices as Svix signs them: HMAC-SHA256 over `id.timestamp.body` with the bytes behind `whsec_`, compared in
 * constant time by Web Crypto, against each of the signatures that are given. Throws for a secret that is none.
 */
export function createResendVerifier(secret: string): ResendVerifier {
  const bytes = bytesOfBase64(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret);
  let key: Promise<CryptoKey> | undefined;
  return async ({ id, timestamp, signature, body, nowMs }) => {
    if (!id || !timestamp || !signature) return "missing";
    const atMs = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN;
    if (!(Math.abs(nowMs - atMs) <= TOLERANCE_MS)) return "stale";
    key ??= crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    const message = joined(new TextEncoder().encode(`${id}.${timestamp}.`), body);
    for (const given of signaturesIn(signature)) {
      if (await crypto.subtle.verify("HMAC", await key, given, message)) return null;
    }
    return "signature";
  };
}

/** Those of version 1; what is no base64 is none. */
function signaturesIn(header: string): Uint8Array<ArrayBuffer>[] {
  return header
    .split(" ", MAX_SIGNATURES)
    .map((entry) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(entry)?.[1])
    .filter((text) => text !== undefined)
    .map(bytesOfBase64);
}

function joined(head: Uint8Array, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  return all;
}
