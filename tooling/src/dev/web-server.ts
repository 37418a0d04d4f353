import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WEB_APP } from "../paths.ts";
import type { Guardian } from "../processes/guardian.ts";

const START_DEADLINE_MS = 90_000;
const STOP_DEADLINE_MS = 5_000;

/** Next's development server, which reloads the screens as they are edited. */
export interface WebServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts it on `port` in front of the API at `apiUrl`; resolves when it has served a page, so that the first visit is quick.
 * Its output goes to `logFile`.
 */
export async function startWebServer(options: {
  port: number;
  apiUrl: string;
  logFile: string;
  guardian: Guardian;
}): Promise<WebServer> {
  const next = createRequire(path.join(WEB_APP, "package.json")).resolve("next/dist/bin/next");
  const log = openSync(options.logFile, "w");
  const child = spawn(process.execPath, [next, "dev", "--port", String(options.port)], {
    cwd: WEB_APP,
    env: { ...process.env, API_ORIGIN: options.apiUrl, NEXT_TELEMETRY_DISABLED: "1" },
    // It starts workers of its own: one group, so that one signal reaches all of them.
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  if (child.pid !== undefined) options.guardian.guard(child.pid, "next", { group: true, signal: "SIGTERM" });
  const url = `http://localhost:${options.port}`;
  try {
    await servesPages(child, url);
  } catch (error) {
    await stop(child);
    throw new Error(`The web server did not start. ${options.logFile} ends with:\n${tail(options.logFile)}`, {
      cause: error,
    });
  }
  return { url, close: () => stop(child) };
}

async function servesPages(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`next ended with ${child.exitCode}`);
    const status = await fetch(`${url}/login`).then(
      ({ status }) => status,
      () => undefined,
    );
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`${url}/login answered ${status ?? "nothing"}`);
    await sleep(200);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGTERM");
  await Promise.race([exited, sleep(STOP_DEADLINE_MS)]);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The whole group has ended.
  }
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trim().split("\n").slice(-15).join("\n");
}
