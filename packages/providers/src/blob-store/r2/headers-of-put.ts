import type { AnnouncedFile } from "@earwitness/core";
import { base64Of } from "@earwitness/shared";

/**
 * What must go along with a presigned put besides its length. R2 compares the checksum with what comes, and refuses a key that is
 * taken. https://developers.cloudflare.com/r2/api/s3/api/
 */
export function headersOfPut({ contentType, sha256 }: AnnouncedFile) {
  return {
    "content-type": contentType,
    "if-none-match": "*",
    "x-amz-checksum-sha256": base64OfHex(sha256),
  };
}

function base64OfHex(hex: string): string {
  const bytes = hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  return base64Of(Uint8Array.from(bytes));
}
