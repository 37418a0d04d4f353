import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { findProcess } from "./process-table.ts";

const Entry = z.object({
  pid: z.int().positive(),
  startedAt: z.string(),
  name: z.string(),
  /** Whether it leads a process group, all of which is meant. */
  group: z.boolean(),
  /** What asks it to end in order. */
  signal: z.enum(["SIGINT", "SIGTERM", "SIGKILL"]),
});
export type LedgerEntry = z.infer<typeof Entry>;

const END_DEADLINE_MS = 8_000;

/** Writes down which processes a stack runs, so that someone can end them when their starter was killed. */
export function writeLedger(file: string, entries: LedgerEntry[]): void {
  // Renamed into place: a reader never sees half of it, whenever the writer dies.
  writeFileSync(`${file}.new`, JSON.stringify(entries));
  renameSync(`${file}.new`, file);
}

/** Ends every process in the ledger that still runs, by its signal and at last by SIGKILL, then removes the ledger. Returns their names. */
export async function endLedger(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  const alive = z
    .array(Entry)
    .parse(JSON.parse(readFileSync(file, "utf8")))
    .filter(stillRuns);
  for (const entry of alive) send(entry, entry.signal);
  for (let waitedMs = 0; alive.some(stillRuns); waitedMs += 50) {
    if (waitedMs === END_DEADLINE_MS) for (const entry of alive.filter(stillRuns)) send(entry, "SIGKILL");
    if (waitedMs > 2 * END_DEADLINE_MS) break;
    await sleep(50);
  }
  rmSync(file, { force: true });
  return alive.map((entry) => entry.name);
}

function stillRuns(entry: LedgerEntry): boolean {
  return findProcess(entry.pid)?.startedAt === entry.startedAt;
}

function send(entry: LedgerEntry, signal: NodeJS.Signals): void {
  try {
    process.kill(entry.group ? -entry.pid : entry.pid, signal);
  } catch {
    // It ended by itself in between.
  }
}
