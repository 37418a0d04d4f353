import { createRequire } from "node:module";
import path from "node:path";
import { WEB_APP } from "../paths.ts";
import type { Guardian } from "../processes/guardian.ts";
import { startServedProcess, type WebServer } from "./served-process.ts";

/** Starts Next's development server, which reloads the screens as they are edited, in front of the API at `apiUrl`. */
export function startNextServer(options: {
  port: number;
  apiUrl: string;
  stateFolder: string;
  guardian: Guardian;
}): Promise<WebServer> {
  const next = createRequire(path.join(WEB_APP, "package.json")).resolve("next/dist/bin/next");
  return startServedProcess({
    name: "next",
    arguments: [next, "dev", "--port", String(options.port)],
    folder: WEB_APP,
    environment: { API_ORIGIN: options.apiUrl, NEXT_TELEMETRY_DISABLED: "1" },
    url: `http://localhost:${options.port}`,
    // Where the sign-in link leads: compiled before anyone follows it.
    probePath: "/login/confirm",
    logFile: path.join(options.stateFolder, "web.log"),
    guardian: options.guardian,
  });
}
