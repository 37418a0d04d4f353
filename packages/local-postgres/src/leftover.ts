import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STOP_DEADLINE_MS = 10_000;

/**
 * Stops the server that still runs over `dataFolder` because its starter was killed, so that the folder and its port
 * are free. Recognised by the pid file that Postgres keeps there; a pid that now belongs to something else is left alone.
 */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const pidFile = path.join(dataFolder, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1 || programOf(pid) !== "postgres") {
    rmSync(pidFile, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  for (let waitedMs = 0; programOf(pid) === "postgres"; waitedMs += 50) {
    if (waitedMs === STOP_DEADLINE_MS) process.kill(pid, "SIGKILL");
    if (waitedMs >= 2 * STOP_DEADLINE_MS) throw new Error(`Postgres with pid ${pid} over ${dataFolder} does not stop.`);
    await sleep(50);
  }
}

/** The name of the program that runs as `pid`; undefined when none does (a dead child nobody waited for counts as none). */
function programOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [, name, state] = stat.match(/\((.*)\) (\S)/) ?? [];
      return state === "Z" ? undefined : name;
    }
    return path.basename(execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).trim());
  } catch {
    return undefined;
  }
}
