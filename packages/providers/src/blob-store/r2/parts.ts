import type { ExportStore } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";

/**
 * How R2's binding says that an upload is none any more (10024), or has other parts than these (10025): the number stands in
 * the error's message. https://developers.cloudflare.com/r2/api/error-codes/
 */
const NOT_THESE_PARTS = /\(1002[45]\)/;

/** Files that are put together of parts, over several invocations. */
export function createPartsStore(
  bucket: R2Bucket,
): Pick<ExportStore, "beginParts" | "putPart" | "completeParts" | "abortParts"> {
  return {
    async beginParts(key, { contentType, fileName }) {
      const contentDisposition = `attachment; filename="${fileName}"`;
      const upload = await bucket.createMultipartUpload(key, { httpMetadata: { contentType, contentDisposition } });
      return { key: upload.key, uploadId: upload.uploadId };
    },

    async putPart({ key, uploadId }, part, bytes) {
      const stored = await bucket.resumeMultipartUpload(key, uploadId).uploadPart(part, bytes);
      return { part, etag: stored.etag };
    },

    async completeParts({ key, uploadId }, parts) {
      const named = parts.map(({ part, etag }) => ({ partNumber: part, etag }));
      try {
        await bucket.resumeMultipartUpload(key, uploadId).complete(named);
      } catch (error) {
        if (!NOT_THESE_PARTS.test(String(error))) throw error;
        // Whoever did it before us may have died before it could say so.
        if ((await bucket.head(key)) !== null) return;
        throw new EarwitnessError("conflict", "The storage has other parts of this file, or none any more.", {
          cause: error,
        });
      }
    },

    async abortParts({ key, uploadId }) {
      await bucket
        .resumeMultipartUpload(key, uploadId)
        .abort()
        .catch((error: unknown) => {
          if (!NOT_THESE_PARTS.test(String(error))) throw error;
        });
    },
  };
}
