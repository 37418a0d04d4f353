import { EarwitnessError } from "@earwitness/shared";

/** Writes, reads back and deletes a kilobyte under a key of its own. Throws `vendor_failed` when any of it does not go well. */
export async function checkBucket(bucket: R2Bucket): Promise<{ message: string }> {
  const key = `checks/${crypto.randomUUID()}`;
  const written = crypto.getRandomValues(new Uint8Array(1024));
  try {
    await bucket.put(key, written);
    const object = await bucket.get(key);
    const read = object === null ? null : new Uint8Array(await object.arrayBuffer());
    await bucket.delete(key);
    if (read === null || !written.every((byte, i) => read[i] === byte)) {
      throw new EarwitnessError("vendor_failed", "Storage gave back other bytes than it was given.");
    }
    return { message: "Wrote a kilobyte, read it back and deleted it." };
  } catch (error) {
    if (error instanceof EarwitnessError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EarwitnessError("vendor_failed", `Storage does not do its work: ${reason}`, { cause: error });
  }
}
