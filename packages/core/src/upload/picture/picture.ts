import { jpegPieces } from "./jpeg.ts";
import type { Pieces } from "./pieces.ts";
import { pngPieces } from "./png.ts";
import { webpPieces } from "./webp.ts";

const READERS: Readonly<Record<string, (bytes: Uint8Array) => Pieces>> = {
  "image/png": pngPieces,
  "image/jpeg": jpegPieces,
  "image/webp": webpPieces,
};

/**
 * Beginnings of what another program would take the file for, in Latin-1 and lower case: markup that runs, documents, archives. XMP,
 * which cameras and editors write, is XML of other names.
 */
const OTHER_FORMATS = [
  "<!doctype",
  "<html",
  "<script",
  "<svg",
  "<iframe",
  "<?php",
  "%pdf-",
  "pk\u0003\u0004",
  "pk\u0005\u0006",
];

/**
 * Why the bytes are not a picture of the type that was announced, as a sentence; null when they are. Its structure is walked to
 * the last byte, so that nothing hides behind the picture, and nothing that runs or opens as something else within it.
 */
export function faultOfPicture(bytes: Uint8Array, contentType: string): string | null {
  const pieces = READERS[contentType]?.(bytes) ?? `Files of type ${contentType} are not read as pictures.`;
  if (typeof pieces === "string") return pieces;
  const latin1 = new TextDecoder("latin1");
  for (const piece of pieces) {
    const text = latin1.decode(piece).toLowerCase();
    if (OTHER_FORMATS.some((sign) => text.includes(sign))) {
      return "The picture carries a document or a program within it. Save it anew from an image editor.";
    }
  }
  return null;
}
