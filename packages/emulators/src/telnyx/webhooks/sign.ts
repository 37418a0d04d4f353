import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";

/** PKCS#8 wrapping of a raw Ed25519 seed (RFC 8410): the seed follows these bytes. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** Signs webhooks with Ed25519 over `timestamp|body`, as Telnyx does. */
export class WebhookSigner {
  readonly #key: KeyObject;
  /** Base64 of the raw 32 bytes: what the vendor's portal shows. */
  readonly publicKey: string;

  /** `seed` is the private key: 32 bytes. */
  constructor(seed: Uint8Array) {
    if (seed.length !== 32) throw new RangeError(`An Ed25519 seed has 32 bytes, not ${seed.length}.`);
    this.#key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
    const spki = createPublicKey(this.#key).export({ format: "der", type: "spki" });
    this.publicKey = spki.subarray(-32).toString("base64");
  }

  /** The two headers for a body that is sent at `timestamp` (Unix seconds). */
  headers(body: string, timestamp: number): Record<string, string> {
    const signature = sign(null, Buffer.from(`${timestamp}|${body}`), this.#key);
    return {
      "telnyx-timestamp": String(timestamp),
      "telnyx-signature-ed25519": signature.toString("base64"),
    };
  }
}
