import type { BlobStore } from "@earwitness/core";
import { AwsClient } from "aws4fetch";
import { putInParts } from "./put-in-parts.ts";
import { putWhole } from "./put-whole.ts";

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
      return putWhole(bucket, key, body, { ...options, sizeBytes });
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
