import { withinLimit } from "@earwitness/shared";

/** A notice is a few kilobytes. With it a kept notice fits a queue message (128 000 bytes) and a row many times over. */
const MAX_BODY_BYTES = 64 * 1024;
/**
 * A sender that is still writing when it is answered and the connection closes never reads the answer. So what is too long is
 * read on and thrown away, but no further than this: whoever sends more is not one of our vendors.
 */
const MAX_DISCARDED_BYTES = 1024 * 1024;
const DISCARD_TIME_LIMIT_MS = 5_000;

/**
 * A request's body exactly as received; null when it is longer than `MAX_BODY_BYTES`, whether its length was told or not. No
 * more than the limit is kept, and of what is longer at most `MAX_DISCARDED_BYTES` are read.
 */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const told = Number(request.headers.get("content-length") ?? 0);
  if (told > MAX_BODY_BYTES) return discard(reader);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sizeBytes += value.byteLength;
    if (sizeBytes > MAX_BODY_BYTES) return discard(reader);
    chunks.push(value);
  }
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : joined(chunks, sizeBytes);
}

/** Lets the sender finish, within the limits, and gives null. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<null> {
  const readOn = async () => {
    let sizeBytes = 0;
    while (sizeBytes < MAX_DISCARDED_BYTES) {
      const { done, value } = await reader.read();
      if (done) return;
      sizeBytes += value.byteLength;
    }
  };
  try {
    await withinLimit(readOn(), DISCARD_TIME_LIMIT_MS);
  } catch {
    // Too slow, or gone: it is answered all the same.
  }
  // What is cancelled may never end; nobody waits for it.
  reader.cancel().catch(() => {});
  return null;
}

function joined(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const body = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}
