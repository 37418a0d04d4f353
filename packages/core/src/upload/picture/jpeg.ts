import { MOST_PIECES, type Pieces, TOO_MANY_PIECES } from "./pieces.ts";

/** Markers of ITU-T T.81, table B.1; each follows a byte of 0xff. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
/** Of applications, and comments: what is said beside the pixels. */
const isSaid = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

/**
 * What a JPEG file says beside its pixels. Phones put a second picture behind the first (CIPA DC-007, multi-picture format), so a
 * whole one may follow, after zeros at most; anything else may not.
 */
export function jpegPieces(bytes: Uint8Array): Pieces {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return "It is not a JPEG file.";
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = walkPicture(bytes, at, pieces);
    if (pieces.length > MOST_PIECES) return TOO_MANY_PIECES;
    if (end === null) return "The JPEG file ends before its picture does, or is broken.";
    at = end;
    while (bytes[at] === 0) at++;
    if (at < bytes.length && (bytes[at] !== 0xff || bytes[at + 1] !== SOI)) {
      return "Something follows the end of the JPEG picture.";
    }
  }
  return pieces;
}

/** Where the picture that begins at `start` ends; null where it does not, and where too much is said to go on. */
function walkPicture(bytes: Uint8Array, start: number, pieces: Uint8Array[]): number | null {
  let hasScan = false;
  for (let at = start + 2; at + 1 < bytes.length && pieces.length <= MOST_PIECES; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return hasScan ? at + 2 : null;
    if (marker === TEM || isRestart(marker)) {
      at += 2;
      continue;
    }
    const sizeBytes = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + sizeBytes;
    if (marker === 0 || marker === SOI || sizeBytes < 2 || end > bytes.length) return null;
    if (isSaid(marker)) pieces.push(bytes.subarray(at + 4, end));
    at = end;
    if (marker !== SOS) continue;
    hasScan = true;
    at = endOfScan(bytes, at);
  }
  return null;
}

/** Where the entropy-coded data ends: at the next 0xff that is neither stuffed nor a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = start; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return bytes.length;
}
