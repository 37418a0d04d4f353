import type { BlobStore } from "@earwitness/core";
import { AwsClient } from "aws4fetch";

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
    async putOnce(key, body, options) {
      // R2 wants to know the length of a stream; a body that ends early or runs over makes the put reject, storing nothing.
      const { readable, writable } = new FixedLengthStream(options.sizeBytes);
      const pump = body.pipeTo(writable);
      // Whatever ends the pump early ends the put as well, and that is what is awaited and thrown.
      pump.catch(() => {});
      const stored = await bucket.put(key, readable, {
        onlyIf: new Headers({ "if-none-match": "*" }),
        httpMetadata: { contentType: options.contentType },
        ...(options.metadata === undefined ? {} : { customMetadata: options.metadata }),
      });
      return stored === null ? "existing" : "stored";
    },

    async head(key) {
      const object = await bucket.head(key);
      return object === null ? null : { sizeBytes: object.size, etag: object.httpEtag };
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
