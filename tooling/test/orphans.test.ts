import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { findProcess, runningProcesses } from "../src/processes/process-table.ts";
import { eventually } from "./support/use-stack.ts";

const Started = z.object({ api: z.url(), postgresUrl: z.string() });
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Starts a stack in a process of its own, as `pnpm dev` and the demo do. */
async function startElsewhere() {
  const stateFolder = mkdtempSync(path.join(tmpdir(), "earwitness-orphans-"));
  folders.push(stateFolder);
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "support/hold-stack.ts"), stateFolder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await Promise.race([
    once(createInterface(child.stdout), "line").then(([text]) => text),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`The stack's process ended with ${code}`))),
  ]);
  return { child, stateFolder, ...Started.parse(JSON.parse(String(line))) };
}

/** Whoever descends from `pid`, the process itself not included. */
function descendants(pid: number): number[] {
  const all = runningProcesses();
  const children = (parent: number): number[] =>
    all.filter((running) => running.parentPid === parent).flatMap((running) => [running.pid, ...children(running.pid)]);
  return children(pid);
}

describe("what a stack starts", () => {
  it.each(["SIGKILL", "SIGTERM"] as const)(
    "is gone after a %s of its starter, and its ports are free",
    async (signal) => {
      const { child, api, postgresUrl } = await startElsewhere();
      const started = descendants(child.pid ?? 0);
      expect(started.length).toBeGreaterThanOrEqual(3); // The guardian, Postgres and workerd at least.
      child.kill(signal);
      await once(child, "exit");
      await eventually("every process to end", async () =>
        started.every((pid) => findProcess(pid) === undefined) ? true : undefined,
      );
      await expect(fetch(`${api}/health`)).rejects.toThrow();
      await expect(fetch(postgresUrl.replace("postgresql:", "http:"))).rejects.toThrow();
    },
  );
});
