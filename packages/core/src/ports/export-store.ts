import type { BlobStore } from "./blob-store.ts";

/** A part that is stored, as its upload's completion must name it. */
export interface StoredPart {
  readonly part: number;
  readonly etag: string;
}

/** A file that is stored part by part, over as many invocations as it takes. */
export interface PartsUpload {
  readonly key: string;
  readonly uploadId: string;
}

/** A store in which a file can be built up in parts. */
export interface ExportStore extends Pick<BlobStore, "read" | "head" | "presignGet"> {
  /** Begins a file that browsers save under `fileName`. What is never completed, the store throws away by itself in a week. */
  beginParts(key: string, options: { contentType: string; fileName: string }): Promise<PartsUpload>;
  /**
   * Stores a part, counted from 1. All are of one size, 5 MiB at least, but the last, which may be smaller. The same number again
   * takes the place of what was there.
   */
  putPart(upload: PartsUpload, part: number, bytes: Uint8Array): Promise<StoredPart>;
  /**
   * Puts the parts together under the key; twice is as good as once. Throws `conflict` where the store has other parts than these,
   * because somebody else has written to the upload, or has none any more.
   */
  completeParts(upload: PartsUpload, parts: readonly StoredPart[]): Promise<void>;
  /** Throws the parts away; one that is gone counts as thrown away. */
  abortParts(upload: PartsUpload): Promise<void>;
  /** One that is not there counts as removed. */
  remove(key: string): Promise<void>;
}
