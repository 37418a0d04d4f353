import { MOST_PIECES, type Pieces, TOO_MANY_PIECES } from "./pieces.ts";

const HEADER_BYTES = 12;
const PIXELS: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ALPH", "ANMF"]);

/** The chunks of a WebP file but its pixels (RFC 9649 §2): a RIFF file of just the size that its header says. */
export function webpPieces(bytes: Uint8Array): Pieces {
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < HEADER_BYTES || tag(0) !== "RIFF" || tag(8) !== "WEBP") return "It is not a WebP file.";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(4, true) + 8 !== bytes.length) return "The WebP file is longer or shorter than it says.";
  const pieces: Uint8Array[] = [];
  let hasPixels = false;
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const sizeBytes = at + 8 <= bytes.length ? view.getUint32(at + 4, true) : 0;
    const end = at + 8 + sizeBytes + (sizeBytes % 2);
    if (end > bytes.length) return "The WebP file is broken.";
    if (PIXELS.has(tag(at))) hasPixels = true;
    else pieces.push(bytes.subarray(at, at + 8 + sizeBytes));
    if (pieces.length > MOST_PIECES) return TOO_MANY_PIECES;
    at = end;
  }
  return hasPixels ? pieces : "The WebP file has no picture.";
}
