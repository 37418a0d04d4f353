/** Audio and files under write-once keys. */
export interface BlobStore {
  /**
   * Stores `body` of exactly `sizeBytes` under `key`, once: `existing` when the key is taken, and then nothing is written.
   * Rejects, storing nothing, when the body ends early or runs over.
   */
  putOnce(
    key: string,
    body: ReadableStream<Uint8Array>,
    options: { sizeBytes: number; contentType: string; metadata?: Record<string, string> },
  ): Promise<"stored" | "existing">;
  head(key: string): Promise<{ sizeBytes: number; etag: string } | null>;
  /** A URL by which a vendor can fetch the object for `ttlSeconds`. */
  presignGet(key: string, ttlSeconds: number): Promise<string>;
}
