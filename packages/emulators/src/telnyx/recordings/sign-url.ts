import { createHmac, timingSafeEqual } from "node:crypto";

/** The bucket that recordings are fetched from, as the vendor's URLs show it. */
export const BUCKET_PATH = "/telephony-recorder-prod";

/** Signs download URLs as S3 presigns them: for one path, for `expiresSecs`. */
export class UrlSigner {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  sign(origin: string, path: string, expiresSecs: number): string {
    const url = new URL(path, origin);
    url.searchParams.set("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    url.searchParams.set(
      "X-Amz-Credential",
      `AKIAEMULATED/${dateStamp(new Date()).slice(0, 8)}/us-east-1/s3/aws4_request`,
    );
    url.searchParams.set("X-Amz-Date", dateStamp(new Date()));
    url.searchParams.set("X-Amz-Expires", String(expiresSecs));
    url.searchParams.set("X-Amz-SignedHeaders", "host");
    url.searchParams.set("X-Amz-Signature", this.#signature(url).toString("hex"));
    return url.href;
  }

  verify(url: URL, now: Date): "valid" | "unsigned" | "mismatch" | "expired" {
    const signature = url.searchParams.get("X-Amz-Signature");
    const signedAt = parseStamp(url.searchParams.get("X-Amz-Date"));
    const expiresSecs = Number(url.searchParams.get("X-Amz-Expires"));
    if (signature === null || signedAt === null || !Number.isInteger(expiresSecs)) return "unsigned";
    const expected = this.#signature(url);
    const given = Buffer.from(signature, "hex");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "mismatch";
    return now.getTime() > signedAt + expiresSecs * 1000 ? "expired" : "valid";
  }

  #signature(url: URL): Buffer {
    const signed = [...url.searchParams].filter(([name]) => name !== "X-Amz-Signature").map((pair) => pair.join("="));
    return createHmac("sha256", this.#secret)
      .update([url.pathname, ...signed.sort()].join("\n"))
      .digest();
  }
}

function dateStamp(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function parseStamp(stamp: string | null): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp ?? "");
  if (parts === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
