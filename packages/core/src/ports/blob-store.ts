/** Audio and files under write-once keys. */
export interface BlobStore {
  /**
   * Stores `body` under `key`, once: `existing` when the key is taken, and then nothing is written. Each chunk is done with
   * before the next is asked for. With `sizeBytes`, rejects,
   * storing nothing, when the body ends early or runs over; null where nobody knows the length beforehand. `sha256` (lower-case hex;
   * only with `sizeBytes`) rejects another body likewise, and is kept beside it.
   */
  putOnce(
    key: string,
    body: AsyncIterable<Uint8Array>,
    options: { sizeBytes: number | null; contentType: string; metadata?: Record<string, string>; sha256?: string },
  ): Promise<"stored" | "existing">;
  head(key: string): Promise<{ sizeBytes: number; etag: string } | null>;
  /** The object's bytes; null when there is none. */
  read(key: string): Promise<ReadableStream<Uint8Array> | null>;
  /** A URL by which a vendor can fetch the object for `ttlSeconds`. */
  presignGet(key: string, ttlSeconds: number): Promise<string>;
}

/** A file that somebody else is to put, as they announced it. */
export interface AnnouncedFile {
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** What is known of a stored file without reading it. */
export interface StoredFile {
  readonly sizeBytes: number;
  readonly etag: string;
  readonly contentType: string | null;
  /** As the store computed it, lower-case hex; null where it did not. */
  readonly sha256: string | null;
}

/** A store into which others put files themselves, and out of which what is not wanted is taken. */
export interface UploadStore extends BlobStore {
  head(key: string): Promise<StoredFile | null>;
  /**
   * The request by which exactly this file can be put under `key`, once, within `ttlSeconds`: another type, length or checksum, or
   * a key that is taken, is refused by the store. `headers` must go along; the length goes by itself.
   */
  presignPut(
    key: string,
    file: AnnouncedFile,
    ttlSeconds: number,
  ): Promise<{ url: string; headers: Record<string, string> }>;
  /** One that is not there counts as removed. */
  remove(keys: string | readonly string[]): Promise<void>;
  /** Keys that begin with `prefix`, in order, a page of them; `next` is where the following page begins, null at the end. */
  list(
    prefix: string,
    after: string | null,
  ): Promise<{ files: readonly { readonly key: string; readonly storedAt: Date }[]; next: string | null }>;
}
