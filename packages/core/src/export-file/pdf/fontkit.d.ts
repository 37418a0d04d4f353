import type { Font, FontCollection } from "fontkit";

/** The types of fontkit ask for a Buffer of Node; it reads any bytes. */
declare module "fontkit" {
  export function create(bytes: Uint8Array, postscriptName?: string): Font | FontCollection;
}
