import type { Hasher } from "../ports/index.ts";

/**
 * Reads a body to its end, in constant memory: its digest by `hasher` in lower-case hex, and how large it is. Throws what breaks the
 * stream, and when `signal` is aborted.
 */
export async function readChecksum(
  body: ReadableStream<Uint8Array>,
  hasher: Hasher,
  signal?: AbortSignal,
): Promise<{ checksum: string; sizeBytes: number }> {
  let sizeBytes = 0;
  const reader = new WritableStream<Uint8Array>({
    write(chunk) {
      hasher.update(chunk);
      sizeBytes += chunk.length;
    },
  });
  await body.pipeTo(reader, signal === undefined ? {} : { signal });
  return { checksum: hasher.hex(), sizeBytes };
}
