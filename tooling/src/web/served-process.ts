import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Guardian } from "../processes/guardian.ts";

const START_DEADLINE_MS = 90_000;
const STOP_DEADLINE_MS = 5_000;

/** A server of the web app in a process of its own. */
export interface WebServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a Node program that serves `url` and resolves when `probePath` answers 200 there, so that the first visit is quick.
 * Its output goes to `logFile`; the error's message ends with the log's last lines when it does not come up.
 */
export async function startServedProcess(options: {
  name: string;
  arguments: string[];
  folder: string;
  environment: Record<string, string>;
  url: string;
  probePath: string;
  logFile: string;
  guardian: Guardian;
}): Promise<WebServer> {
  const { name, url, logFile } = options;
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, options.arguments, {
    cwd: options.folder,
    env: { ...process.env, ...options.environment },
    // It starts processes of its own: one group, so that one signal reaches all of them.
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  if (child.pid !== undefined) options.guardian.guard(child.pid, name, { group: true, signal: "SIGTERM" });
  try {
    await answers(child, `${url}${options.probePath}`);
  } catch (cause) {
    await stop(child);
    const tail = readFileSync(logFile, "utf8").trim().split("\n").slice(-15).join("\n");
    throw new Error(`${name} did not start. ${logFile} ends with:\n${tail}`, { cause });
  }
  return { url, close: () => stop(child) };
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended with ${child.exitCode}`);
    const status = await fetch(url).then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`${url} answered ${status ?? "nothing"}`);
    await sleep(100);
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
