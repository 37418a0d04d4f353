import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";
/** Svix takes 24 to 64 bytes. */
const SECRET_BYTES = 24;

/** Signs webhooks as Svix does for Resend: HMAC-SHA256 over `id.timestamp.body`. */
export class SvixSigner {
  /** As the vendor's dashboard shows it: `whsec_` and base64. */
  readonly secret: string;
  readonly #key: Buffer;

  constructor(secret = PREFIX + randomBytes(SECRET_BYTES).toString("base64")) {
    this.secret = secret;
    this.#key = Buffer.from(secret.replace(PREFIX, ""), "base64");
    if (this.#key.length < SECRET_BYTES) throw new RangeError(`A secret has ${SECRET_BYTES} bytes at least.`);
  }

  /** The three headers of a body that is sent at `timestamp` (Unix seconds). */
  headers(id: string, body: string, timestamp: number): Record<string, string> {
    const signature = createHmac("sha256", this.#key).update(`${id}.${timestamp}.${body}`).digest("base64");
    return { "svix-id": id, "svix-timestamp": String(timestamp), "svix-signature": `v1,${signature}` };
  }
}
