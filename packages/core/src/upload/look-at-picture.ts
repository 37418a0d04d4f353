import type { Hasher } from "../ports/index.ts";
import { faultOfPicture } from "./picture/picture.ts";

/** Why a picture is not what was announced, as a sentence; null when it is. It is small, and read at once. */
export async function lookAtPicture(
  file: ReadableStream<Uint8Array>,
  announced: { readonly contentType: string; readonly sha256: string },
  digest: Hasher,
): Promise<string | null> {
  const bytes = new Uint8Array(await new Response(file).arrayBuffer());
  digest.update(bytes);
  if (digest.hex() !== announced.sha256) return "Its bytes are others than were announced: the SHA-256 differs.";
  return faultOfPicture(bytes, announced.contentType);
}
