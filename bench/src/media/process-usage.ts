import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Usage {
  /** User and system time since the process began. */
  cpuMs: number;
  residentBytes: number;
}

/** Linux counts in these whatever its clock is (`man 5 proc`). */
const TICK_MS = 10;
const KIB = 1024;

/** What the process `pid` has used so far. Throws when there is none. */
export function processUsage(pid: number): Usage {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // After `pid (name)`, where the name may hold anything; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const resident = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB/m)?.[1];
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, residentBytes: Number(resident) * KIB };
}

function fromPs(pid: number): Usage {
  const [cpu = "", rss = ""] = execFileSync("ps", ["-o", "cputime=,rss=", "-p", String(pid)], { encoding: "utf8" })
    .trim()
    .split(/\s+/);
  const seconds = cpu.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuMs: seconds * 1000, residentBytes: Number(rss) * KIB };
}
