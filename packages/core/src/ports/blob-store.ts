/** Audio and files under write-once keys. */
export interface BlobStore {
  /**
   * Stores `body` under `key`, once: `existing` when the key is taken, and then nothing is written. With `sizeBytes`, rejects,
   * storing nothing, when the body ends early or runs over; null where nobody knows the length beforehand.
   */
  putOnce(
    key: string,
    body: ReadableStream<Uint8Array>,
    options: { sizeBytes: number | null; contentType: string; metadata?: Record<string, string> },
  ): Promise<"stored" | "existing">;
  head(key: string): Promise<{ sizeBytes: number; etag: string } | null>;
  /** The object's bytes; null when there is none. */
  read(key: string): Promise<ReadableStream<Uint8Array> | null>;
  /** A URL by which a vendor can fetch the object for `ttlSeconds`. */
  presignGet(key: string, ttlSeconds: number): Promise<string>;
}
