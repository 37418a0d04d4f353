import type { UploadStore } from "@earwitness/core";

/** One page as R2 gives it: a thousand keys, or fewer while there are more. */
export async function listKeys(
  bucket: R2Bucket,
  prefix: string,
  after: string | null,
): ReturnType<UploadStore["list"]> {
  const page = await bucket.list({ prefix, ...(after === null ? {} : { startAfter: after }) });
  const files = page.objects.map(({ key, uploaded }) => ({ key, storedAt: uploaded }));
  return { files, next: page.truncated ? (files.at(-1)?.key ?? null) : null };
}
