import type { ExportStore, UploadStore } from "@earwitness/core";
import { AwsV4Signer } from "aws4fetch";
import { headersOfPut } from "./headers-of-put.ts";
import { listKeys } from "./list-keys.ts";
import { createPartsStore } from "./parts.ts";
import { putInParts } from "./put-in-parts.ts";
import { putWhole } from "./put-whole.ts";

/** https://developers.cloudflare.com/r2/api/workers/workers-api-reference/ */
const KEYS_PER_DELETE = 1_000;

export interface R2Settings {
  readonly bucket: R2Bucket;
  /** The S3 door, for presigned URLs: `https://<account>.r2.cloudflarestorage.com`. */
  readonly s3Endpoint: string;
  readonly bucketName: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** R2 as a store of write-once keys: the binding for our own reads and writes, presigned S3 URLs for everybody else. */
export function createR2Store(settings: R2Settings): UploadStore & ExportStore {
  const { bucket } = settings;

  /** Good for `ttlSeconds`. Each of `headers` is bound into the signature, and must be sent as it is there. */
  async function presign(method: "GET" | "PUT", key: string, ttlSeconds: number, headers: Record<string, string>) {
    const parts = key.split("/");
    // As part of an address these lead to another key than as part of a key.
    if (parts.includes(".") || parts.includes("..")) throw new Error("No key of ours has a dot for a part.");
    const path = parts.map(encodeURIComponent).join("/");
    const url = new URL(`${settings.s3Endpoint}/${settings.bucketName}/${path}`);
    url.searchParams.set("X-Amz-Expires", String(ttlSeconds));
    const signer = new AwsV4Signer({
      method,
      url: url.href,
      headers,
      accessKeyId: settings.accessKeyId,
      secretAccessKey: settings.secretAccessKey,
      service: "s3",
      region: "auto",
      signQuery: true,
      // Left to itself it signs neither type nor length, since proxies may change them; here they must not.
      allHeaders: true,
    });
    return (await signer.sign()).url.href;
  }

  return {
    async putOnce(key, body, { sizeBytes, contentType, metadata, sha256 }) {
      const options = {
        httpMetadata: { contentType },
        ...(metadata === undefined ? {} : { customMetadata: metadata }),
      };
      if (sizeBytes === null) return putInParts(bucket, key, body, options);
      return putWhole(bucket, key, body, { ...options, ...(sha256 === undefined ? {} : { sha256 }), sizeBytes });
    },

    async head(key) {
      const object = await bucket.head(key);
      if (object === null) return null;
      return {
        sizeBytes: object.size,
        etag: object.httpEtag,
        contentType: object.httpMetadata?.contentType ?? null,
        sha256: object.checksums.toJSON().sha256 ?? null,
      };
    },

    async read(key) {
      const object = await bucket.get(key);
      return object === null ? null : object.body;
    },

    presignGet: (key, ttlSeconds) => presign("GET", key, ttlSeconds, {}),

    async presignPut(key, file, ttlSeconds) {
      const headers = headersOfPut(file);
      // The length goes by itself: programs that set it by hand are refused it by browsers.
      const url = await presign("PUT", key, ttlSeconds, { ...headers, "content-length": String(file.sizeBytes) });
      return { url, headers };
    },

    async remove(keys) {
      const all = typeof keys === "string" ? [keys] : [...keys];
      for (let start = 0; start < all.length; start += KEYS_PER_DELETE) {
        await bucket.delete(all.slice(start, start + KEYS_PER_DELETE));
      }
    },
    list: (prefix, after) => listKeys(bucket, prefix, after),
    ...createPartsStore(bucket),
  };
}
