import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FontShelf } from "../../src/export-file/index.ts";

/** The fonts as they lie in this package. */
export const shelf: FontShelf = {
  load: async (name) =>
    new Uint8Array(await readFile(path.join(import.meta.dirname, `../../fonts/noto-sans-${name}.ttf`))),
};
