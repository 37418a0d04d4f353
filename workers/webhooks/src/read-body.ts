/** A notice is a few kilobytes. With it a kept notice fits a queue message (128 000 bytes) and a row many times over. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * A request's body exactly as received; null when it is longer than `MAX_BODY_BYTES`, whether its length was told or not.
 * No more than the limit is read.
 */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  const told = Number(request.headers.get("content-length") ?? 0);
  if (told > MAX_BODY_BYTES) return null;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sizeBytes += value.byteLength;
    if (sizeBytes > MAX_BODY_BYTES) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : joined(chunks, sizeBytes);
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
