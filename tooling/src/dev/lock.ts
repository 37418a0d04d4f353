import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { findProcess } from "../processes/process-table.ts";

const Holder = z.object({ pid: z.int(), startedAt: z.string(), web: z.string() });

/**
 * Takes the state folder for this process, or throws an error that names the one that has it.
 * A lock whose holder is gone, however it went, does not count. Returns what gives it back.
 */
export function lockState(stateFolder: string, web: string): () => void {
  mkdirSync(stateFolder, { recursive: true });
  const file = path.join(stateFolder, "dev.lock");
  const holder = currentHolder(file);
  if (holder !== undefined) {
    throw new Error(`It is already running as process ${holder.pid}: ${holder.web}. Stop that one first.`);
  }
  const startedAt = findProcess(process.pid)?.startedAt ?? "";
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt, web }));
  return () => rmSync(file, { force: true });
}

function currentHolder(file: string): z.infer<typeof Holder> | undefined {
  if (!existsSync(file)) return undefined;
  const holder = Holder.safeParse(JSON.parse(readFileSync(file, "utf8") || "{}"));
  if (!holder.success) return undefined;
  return findProcess(holder.data.pid)?.startedAt === holder.data.startedAt ? holder.data : undefined;
}
