import { copyFileSync, cpSync, existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { REPOSITORY, WEB_EXPORT } from "../paths.ts";
import type { Guardian } from "../processes/guardian.ts";
import { startServedProcess, type WebServer } from "./served-process.ts";

/**
 * Serves the web app's static export as Pages does: `wrangler pages dev` with the export's own worker, headers and
 * redirects, bound to the API worker of the running stack through wrangler's registry of local workers.
 * Throws when nothing has been exported yet.
 */
export function startPagesServer(options: {
  port: number;
  stateFolder: string;
  /** The registry's folder, which the stack was started with. */
  registryFolder: string;
  guardian: Guardian;
}): Promise<WebServer> {
  if (!existsSync(path.join(WEB_EXPORT, "_worker.js"))) {
    throw new Error(`${WEB_EXPORT} holds no export. Build it: pnpm --filter @earwitness/web build`);
  }
  // A copy, in the same places: a build that runs meanwhile empties the export and would mix two of them.
  const site = path.join(options.stateFolder, "site");
  rmSync(site, { recursive: true, force: true });
  cpSync(WEB_EXPORT, path.join(site, path.relative(REPOSITORY, WEB_EXPORT)), { recursive: true });
  copyFileSync(path.join(REPOSITORY, "wrangler.toml"), path.join(site, "wrangler.toml"));
  const wrangler = path.join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");
  return startServedProcess({
    name: "pages",
    arguments: [wrangler, "pages", "dev", "--port", String(options.port), "--inspector-port", "0"],
    folder: site,
    environment: {
      WRANGLER_REGISTRY_PATH: options.registryFolder,
      MINIFLARE_REGISTRY_PATH: options.registryFolder,
      // Without this, Request.cf is fetched from the internet.
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_LOG: "info",
      WRANGLER_LOG_PATH: path.join(options.stateFolder, "wrangler"),
      CI: "1",
    },
    url: `http://localhost:${options.port}`,
    probePath: "/login",
    logFile: path.join(options.stateFolder, "pages.log"),
    guardian: options.guardian,
  });
}
