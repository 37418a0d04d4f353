import { writeFile } from "node:fs/promises";
import path from "node:path";
import { API_PATHS, DYNAMIC_ROUTES, MOVED, PLACEHOLDER } from "../routes.ts";

/** Limit of Pages for rules with placeholders (developers.cloudflare.com/pages/configuration/redirects). */
const MOST_DYNAMIC_RULES = 100;

/**
 * The text of `_redirects`. The first match wins, so the order counts: for each folder with an id, its list page's own data
 * comes before what looks like an id. A 200 serves another file under the address that was asked for.
 */
export function redirectsFile(): string {
  const moved = MOVED.map(({ from, to, status }) => `${from} ${to} ${status}`);
  const dynamic = DYNAMIC_ROUTES.flatMap(({ folder, parameter }) => [
    `${folder}/:${parameter}/ ${folder}/:${parameter} 301`,
    `${folder}/__next.:rest ${folder}/__next.:rest 200`,
    `${folder}/:${parameter}/__next.:rest ${folder}/${PLACEHOLDER}/__next.:rest 200`,
    `${folder}/:${parameter}.txt ${folder}/${PLACEHOLDER}.txt 200`,
    `${folder}/:${parameter} ${folder}/${PLACEHOLDER} 200`,
  ]);
  if (dynamic.length > MOST_DYNAMIC_RULES)
    throw new Error(`${dynamic.length} rules; Pages reads ${MOST_DYNAMIC_RULES}.`);
  return `${[...moved, ...dynamic].join("\n")}\n`;
}

export async function writeRedirects(out: string): Promise<void> {
  await writeFile(path.join(out, "_redirects"), redirectsFile());
}

/** Writes `_routes.json`: only what is the API's wakes the worker; files are served without it. */
export async function writeRoutes(out: string): Promise<void> {
  const include = API_PATHS.flatMap((name) => [`/${name}`, `/${name}/*`]);
  await writeFile(path.join(out, "_routes.json"), `${JSON.stringify({ version: 1, include, exclude: [] }, null, 2)}\n`);
}
