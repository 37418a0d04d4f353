import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { FontShelf } from "../../src/export-file/index.ts";

const harfbuzz = createRequire(import.meta.url).resolve("harfbuzzjs/dist/harfbuzz.wasm");

/** The fonts as they lie in this package. */
export const shelf: FontShelf = {
  load: async (name) => new Uint8Array(await readFile(path.join(import.meta.dirname, `../../fonts/noto-${name}.ttf`))),
  harfbuzz: await WebAssembly.compile(new Uint8Array(await readFile(harfbuzz))),
};
