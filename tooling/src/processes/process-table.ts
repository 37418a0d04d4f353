import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface RunningProcess {
  pid: number;
  parentPid: number;
  /** The program's short name. */
  name: string;
  /** When it was started, in the system's own words: with the pid it names one process, for pids are used again. */
  startedAt: string;
}

/** All processes that run now, from /proc, or from `ps` where there is none. Dead ones that nobody waited for are left out. */
export function runningProcesses(): RunningProcess[] {
  return process.platform === "linux" ? readdirSync("/proc").filter(isPid).flatMap(fromProc) : fromPs();
}

/** The process `pid` if it runs. */
export function findProcess(pid: number): RunningProcess | undefined {
  return process.platform === "linux" ? fromProc(String(pid))[0] : fromPs().find((running) => running.pid === pid);
}

function isPid(name: string): boolean {
  return /^\d+$/.test(name);
}

function fromProc(pid: string): RunningProcess[] {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return []; // It ended between two looks.
  }
  // `pid (name) state ppid …`: the name may hold anything, so the last bracket counts. Field 22 is the start in clock ticks.
  const end = stat.lastIndexOf(")");
  const fields = stat.slice(end + 2).split(" ");
  if (fields[0] === "Z") return [];
  const name = stat.slice(stat.indexOf("(") + 1, end);
  return [{ pid: Number(pid), parentPid: Number(fields[1]), name, startedAt: fields[19] ?? "" }];
}

function fromPs(): RunningProcess[] {
  const lines = execFileSync("ps", ["-axo", "pid=,ppid=,stat=,lstart=,comm="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const found = line.match(/^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+ \S+\s+\d+ \S+ \d+)\s+(.*)$/);
    if (found === null || found[3]?.startsWith("Z")) return [];
    const [, pid, parentPid, , startedAt = "", command = ""] = found;
    return [{ pid: Number(pid), parentPid: Number(parentPid), name: path.basename(command), startedAt }];
  });
}
