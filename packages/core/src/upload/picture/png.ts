import { MOST_PIECES, type Pieces, TOO_MANY_PIECES } from "./pieces.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, name and checksum of a chunk. */
const FRAME_BYTES = 12;
const PIXELS: ReadonlySet<string> = new Set(["IDAT", "fdAT"]);

/** The chunks of a PNG file but its pixels (W3C PNG, third edition, §5): the first is IHDR, the last IEND, and there is an IDAT. */
export function pngPieces(bytes: Uint8Array): Pieces {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return "It is not a PNG file.";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Uint8Array[] = [];
  let hasPixels = false;
  for (let at = SIGNATURE.length; at + FRAME_BYTES <= bytes.length; ) {
    const sizeBytes = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + FRAME_BYTES + sizeBytes;
    if (end > bytes.length) break;
    if (at === SIGNATURE.length && (name !== "IHDR" || sizeBytes !== 13)) return "The PNG file has no header.";
    if (name === "IEND") {
      if (end !== bytes.length) return "Something follows the end of the PNG picture.";
      return hasPixels ? pieces : "The PNG file has no picture.";
    }
    if (PIXELS.has(name)) hasPixels = true;
    else pieces.push(bytes.subarray(at + 4, at + 8 + sizeBytes));
    if (pieces.length > MOST_PIECES) return TOO_MANY_PIECES;
    at = end;
  }
  return "The PNG file ends before its picture does.";
}
