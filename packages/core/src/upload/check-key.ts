import type { UploadId } from "@earwitness/shared";

/** The key of the job that checks an upload: there is one at most. */
export function checkKey(id: UploadId): string {
  return `upload.check/${id}`;
}
