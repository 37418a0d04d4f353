import type { BlobStore } from "@earwitness/core";
import { AwsClient } from "aws4fetch";
import { putInParts } from "./put-in-parts.ts";

export interface R2Settings {
  readonly bucket: R2Bucket;
  /** The S3 door, for presigned URLs: `https://<account>.r2.cloudflarestorage.com`. */
  readonly s3Endpoint: string;
  readonly bucketName: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** R2 as a store of write-once keys: the binding for our own reads and writes, presigned S3 URLs for vendors. */
export function createR2Store(settings: R2Settings): BlobStore {
  const { bucket } = settings;
  const signer = new AwsClient({
    accessKeyId: settings.accessKeyId,
    secretAccessKey: settings.secretAccessKey,
    service: "s3",
    region: "auto",
  });

  return {
    async putOnce(key, body, { sizeBytes, contentType, metadata }) {
      const options = {
        httpMetadata: { contentType },
        ...(metadata === undefined ? {} : { customMetadata: metadata }),
      };
      if (sizeBytes === null) return putInParts(bucket, key, body, options);
      // R2 wants to know the length of a stream; a body that ends early or runs over makes the put reject, storing nothing.
      const { readable, writable } = new FixedLengthStream(sizeBytes);
      const pump = body.pipeTo(writable);
      const put = bucket.put(key, readable, { ...options, onlyIf: new Headers({ "if-none-match": "*" }) });
      // Either may be the one that fails, and then the other fails of it. What broke the body is what there is to tell.
      const [pumped, stored] = await Promise.allSettled([pump, put]);
      if (stored.status === "fulfilled" && stored.value === null) return "existing";
      if (pumped.status === "rejected") throw pumped.reason;
      if (stored.status === "rejected") throw stored.reason;
      return "stored";
    },

    async head(key) {
      const object = await bucket.head(key);
      return object === null ? null : { sizeBytes: object.size, etag: object.httpEtag };
    },

    async read(key) {
      const object = await bucket.get(key);
      return object === null ? null : object.body;
    },

    async presignGet(key, ttlSeconds) {
      const path = key.split("/").map(encodeURIComponent).join("/");
      const url = new URL(`${settings.s3Endpoint}/${settings.bucketName}/${path}`);
      url.searchParams.set("X-Amz-Expires", String(ttlSeconds));
      const signed = await signer.sign(url.toString(), { method: "GET", aws: { signQuery: true } });
      return signed.url;
    },
  };
}
