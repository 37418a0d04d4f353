import { createHash } from "node:crypto";
import type { Stack } from "../../stack/start-stack.ts";

/** What lies in the storage: each key with the digest of its bytes. */
export type StorageBooks = ReadonlyMap<string, { readonly sizeBytes: number; readonly sha256: string }>;

/** Lists the storage to its end and reads every object. */
export async function readStorageBooks(stack: Stack): Promise<StorageBooks> {
  const bucket = await stack.runtime.miniflare.getR2Bucket("RECORDINGS", "earwitness-jobs");
  const books = new Map<string, { sizeBytes: number; sha256: string }>();
  let cursor: string | undefined;
  do {
    const page = await bucket.list(cursor === undefined ? {} : { cursor });
    for (const { key, size } of page.objects) {
      const object = await bucket.get(key);
      const bytes = object === null ? new ArrayBuffer(0) : await object.arrayBuffer();
      books.set(key, { sizeBytes: size, sha256: createHash("sha256").update(new Uint8Array(bytes)).digest("hex") });
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return books;
}
