import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { exportedPages, scriptsOf } from "./pages.ts";

/** What a page may make a browser fetch before it can act: JavaScript as served, compressed by brotli. */
export const BUDGET_BYTES = 150_000;
/** How hard a server compresses while somebody waits; the best quality, 11, would flatter the measure by a tenth. */
const SERVED_QUALITY = 5;

const brotli = promisify(brotliCompress);

export interface FirstLoad {
  page: string;
  /** All scripts that the page itself names, compressed. */
  bytes: number;
}

/** Measures each page of the export. Scripts that only browsers without modules fetch are left out. */
export async function firstLoads(out: string): Promise<FirstLoad[]> {
  const sizes = new Map<string, Promise<number>>();
  const sizeOf = (src: string) => {
    const known = sizes.get(src) ?? compressedSize(path.join(out, new URL(src, "http://own.invalid").pathname));
    sizes.set(src, known);
    return known;
  };
  const pages = await exportedPages(out);
  return Promise.all(
    pages.map(async ({ file, html }) => {
      const sources = new Set(
        scriptsOf(html).flatMap(({ src, isForOldBrowsers }) => (src && !isForOldBrowsers ? [src] : [])),
      );
      const parts = await Promise.all([...sources].map(sizeOf));
      return { page: file, bytes: parts.reduce((sum, size) => sum + size, 0) };
    }),
  );
}

export function overBudget(loads: readonly FirstLoad[]): FirstLoad[] {
  return loads.filter(({ bytes }) => bytes > BUDGET_BYTES);
}

/** The measures as a table for the build's output. */
export function budgetTable(loads: readonly FirstLoad[]): string {
  const kB = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
  const lines = loads.map(({ page, bytes }) => `  ${page.padEnd(24)} ${kB(bytes).padStart(9)}`);
  return [
    "First-load JavaScript, brotli as served:",
    ...lines,
    `  ${"budget".padEnd(24)} ${kB(BUDGET_BYTES).padStart(9)}`,
  ].join("\n");
}

async function compressedSize(file: string): Promise<number> {
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: SERVED_QUALITY };
  return (await brotli(bytes, { params })).length;
}
