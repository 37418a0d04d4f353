/** The pump has nobody left to pump for. */
const NOT_WANTED = new Error("Nobody reads this body any more.");

/**
 * Stores a body of known length in one put, where the key is not taken. R2 wants to know the length of a stream beforehand; a
 * body that ends early or runs over makes the put reject, storing nothing. Rejects with what broke the body, where that was it.
 */
export async function putWhole(
  bucket: R2Bucket,
  key: string,
  body: AsyncIterable<Uint8Array>,
  { sizeBytes, ...options }: Pick<R2PutOptions, "httpMetadata" | "customMetadata" | "sha256"> & { sizeBytes: number },
): Promise<"stored" | "existing"> {
  const { readable, writable } = new FixedLengthStream(sizeBytes);
  const stop = new AbortController();
  const broken = pump(body, writable, stop.signal).then(
    () => null,
    (error: unknown) => error,
  );
  try {
    const stored = await bucket.put(key, readable, { ...options, onlyIf: new Headers({ "if-none-match": "*" }) });
    return stored === null ? "existing" : "stored";
  } catch (error) {
    stop.abort(NOT_WANTED);
    const reason = await broken;
    throw reason === null || reason === NOT_WANTED ? error : reason;
  } finally {
    // A put that is refused may not read the body to its end.
    stop.abort(NOT_WANTED);
  }
}

/** R2's own bodies go from stream to stream, and through no memory of ours. */
function pump(body: AsyncIterable<Uint8Array>, writable: WritableStream, signal: AbortSignal): Promise<void> {
  return body instanceof ReadableStream ? body.pipeTo(writable, { signal }) : writeEach(body, writable, signal);
}

/** A write is done once its bytes were taken at the other end; until then the chunk is not let go. */
async function writeEach(body: AsyncIterable<Uint8Array>, writable: WritableStream, signal: AbortSignal) {
  const writer = writable.getWriter();
  const end = (reason: unknown) => writer.abort(reason).catch(() => {});
  signal.addEventListener("abort", () => void end(signal.reason), { once: true });
  try {
    for await (const chunk of body) await writer.write(chunk);
    await writer.close();
  } catch (error) {
    // Whoever reads the other end learns why it ends.
    await end(error);
    throw error;
  }
}
