import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { AuditHead } from "@earwitness/shared/audit";
import type { NotedHead } from "./finding.ts";

/** Reads `n:sha256`, or with the workspace's id before it where a file holds several logs. Throws for anything else. */
export function readHead(text: string): NotedHead {
  const [, workspaceId, n, sha256] = /^(?:(ws_[0-9a-z]{26}):)?(\d{1,10}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (n === undefined || sha256 === undefined)
    throw new Error(`"${text}" is no head: write n:sha256 or ws_…:n:sha256.`);
  return { workspaceId: workspaceId ?? null, n: Number(n), sha256 };
}

/** The heads below a folder that the storage's `audit-heads/` was copied to. Throws for a file that is none. */
export function readHeads(folder: string): NotedHead[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => AuditHead.parse(JSON.parse(readFileSync(path.join(folder, name), "utf8"))));
}
