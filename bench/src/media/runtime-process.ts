import { runningProcesses } from "@earwitness/tooling";

/** The pid of the workerd that this process started last. Throws when there is none. */
export function runtimePid(): number {
  const mine = runningProcesses().filter(({ parentPid, name }) => parentPid === process.pid && name === "workerd");
  const newest = mine.toSorted((a, b) => Number(a.startedAt) - Number(b.startedAt)).at(-1);
  if (newest === undefined) throw new Error("No workerd of this process runs");
  return newest.pid;
}
