import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

export interface ExportedPage {
  /** The file below `out`, such as `calls/_.html`. */
  file: string;
  html: string;
}

/** All pages of the export, in a fixed order. */
export async function exportedPages(out: string): Promise<ExportedPage[]> {
  const files = await readdir(out, { recursive: true });
  const pages = files.filter((file) => file.endsWith(".html")).sort();
  return Promise.all(pages.map(async (file) => ({ file, html: await readFile(path.join(out, file), "utf8") })));
}

/** A script element of a page: its address, or the text that stands in it. */
export interface Script {
  src: string | null;
  text: string;
  /** Only for browsers too old to know modules; the others never fetch it. */
  isForOldBrowsers: boolean;
}

/** The scripts of a page. Next writes its pages itself, one element as the other: a pattern is enough to read them. */
export function scriptsOf(html: string): Script[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes = "", text = ""]) => ({
    src: /\bsrc="([^"]+)"/.exec(attributes)?.[1] ?? null,
    text,
    isForOldBrowsers: /\bnomodule\b/i.test(attributes),
  }));
}
