/**
 * R2 wants parts of at least 5 MiB, all equal but the last, 10,000 of them at most: this size holds one part in memory and
 * reaches 80 GB. https://developers.cloudflare.com/r2/objects/multipart-objects/
 */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Stores a body of unknown length. Write-once by looking first: R2 completes an upload over an object that is there, so two
 * that store one key at a time must be kept apart by the caller (a job's lease does).
 */
export async function putInParts(
  bucket: R2Bucket,
  key: string,
  body: AsyncIterable<Uint8Array>,
  options: R2MultipartOptions,
): Promise<"stored" | "existing"> {
  if ((await bucket.head(key)) !== null) {
    for await (const _ of body) break;
    return "existing";
  }
  const upload = await bucket.createMultipartUpload(key, options);
  try {
    const parts: R2UploadedPart[] = [];
    for await (const part of inParts(body)) parts.push(await upload.uploadPart(parts.length + 1, part));
    await upload.complete(parts);
    return "stored";
  } catch (error) {
    // What is not aborted is swept away by the bucket's lifecycle rule; the error of the upload is the one to tell.
    await upload.abort().catch(() => {});
    throw error;
  }
}

/** Full parts and a last one that may be smaller; an empty body makes one empty part. Each is good until the next is asked for. */
async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const part = new Uint8Array(PART_BYTES);
  let filled = 0;
  let count = 0;
  for await (const chunk of body) {
    for (let rest = chunk; rest.byteLength > 0; ) {
      const taken = rest.subarray(0, PART_BYTES - filled);
      part.set(taken, filled);
      filled += taken.byteLength;
      rest = rest.subarray(taken.byteLength);
      if (filled === PART_BYTES) {
        yield part;
        filled = 0;
        count++;
      }
    }
  }
  if (filled > 0 || count === 0) yield part.subarray(0, filled);
}
