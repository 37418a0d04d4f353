import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import path from "node:path";
import { findBinaries, runsAsRoot, UNPRIVILEGED } from "./binaries.ts";

const MAJOR_VERSION = "17";

/**
 * How a child process is started so that it may use the data folder: `account` for spawn, `argument` for `-D`, and the
 * folder's descriptor, which must become the child's descriptor 3.
 *
 * As root, Postgres must run as another account, and that one cannot walk through folders such as root's home. So root
 * opens the folder and the child reaches it as /proc/self/fd/3, which passes by the parents' permissions.
 */
export function enterDataFolder(folder: string): {
  account: { uid?: number; gid?: number };
  argument: string;
  descriptor: number | "ignore";
  close: () => void;
} {
  if (!runsAsRoot()) return { account: {}, argument: folder, descriptor: "ignore", close: () => {} };
  if (!existsSync("/proc/self/fd")) {
    throw new Error("Postgres does not run as root on this system. Start as another user, or set DATABASE_URL.");
  }
  const descriptor = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  return { account: UNPRIVILEGED, argument: "/proc/self/fd/3", descriptor, close: () => closeSync(descriptor) };
}

/**
 * Makes sure that `folder` holds a database cluster, creating one (about a second) where there is none.
 * Throws when the folder was made by another major version.
 */
export function prepareDataFolder(folder: string): void {
  const versionFile = path.join(folder, "PG_VERSION");
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, "utf8").trim();
    if (found === MAJOR_VERSION) return;
    throw new Error(`${folder} was made by Postgres ${found}, this is ${MAJOR_VERSION}. Start anew with --fresh.`);
  }
  // Built beside and renamed when whole, so that an interrupted start leaves nothing that looks like a cluster.
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  if (runsAsRoot()) chownSync(half, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  const made = runInitdb(half);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`);
  renameSync(half, folder);
}

function runInitdb(folder: string): SpawnSyncReturns<string> {
  const entry = enterDataFolder(folder);
  try {
    // The builtin provider with a UTF-8 ctype gets lower('Ä'), text search folding and pg_trgm right for every language.
    const locale = [
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--lc-collate=C",
      `--lc-ctype=${utf8Ctype()}`,
    ];
    return spawnSync(
      findBinaries().initdb,
      ["-D", entry.argument, "-U", "postgres", "-A", "trust", "-E", "UTF8", ...locale, "--no-sync"],
      { ...entry.account, cwd: "/", stdio: ["ignore", "pipe", "pipe", entry.descriptor], encoding: "utf8" },
    );
  } finally {
    entry.close();
  }
}

/** macOS has no C.UTF-8; its plain "UTF-8" is a ctype of that meaning. */
function utf8Ctype(): string {
  return process.platform === "darwin" ? "UTF-8" : "C.UTF-8";
}
