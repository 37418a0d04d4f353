import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { endLedger, type LedgerEntry, writeLedger } from "./ledger.ts";
import { findProcess } from "./process-table.ts";

/** Keeps the promise that no process of ours outlives its starter, however that one dies. */
export interface Guardian {
  /** Takes a process under guard. `group`: it leads a process group that is to end with it. */
  guard(pid: number, name: string, options: { group: boolean; signal: LedgerEntry["signal"] }): void;
  /** To be called once everything has ended: sends the guardian home. */
  release(): void;
}

/**
 * Ends what an earlier run over `stateFolder` left behind, then starts the guardian: a small process of its own session
 * that waits for the end of its standard input, which the system closes when we die, and then ends what is in the ledger.
 */
export async function startGuardian(stateFolder: string): Promise<Guardian> {
  mkdirSync(stateFolder, { recursive: true });
  const ledger = path.join(stateFolder, "processes.json");
  await endLedger(ledger);

  const entries: LedgerEntry[] = [];
  const watcher = spawn(process.execPath, [path.join(import.meta.dirname, "guardian-process.ts"), ledger], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  return {
    guard(pid, name, { group, signal }) {
      const startedAt = findProcess(pid)?.startedAt;
      if (startedAt === undefined) return;
      entries.push({ pid, startedAt, name, group, signal });
      writeLedger(
        ledger,
        entries.filter((entry) => findProcess(entry.pid)?.startedAt === entry.startedAt),
      );
    },
    release() {
      rmSync(ledger, { force: true });
      watcher.stdin.destroy();
    },
  };
}
