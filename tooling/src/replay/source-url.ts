import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { STATE_FOLDER } from "../paths.ts";

/** The fourth line of a running server's postmaster.pid: https://www.postgresql.org/docs/17/storage-file-layout.html */
const PORT_LINE = 3;

/** Where the record is: as it was given, by `DATABASE_URL`, or that of the local stack. Throws when there is none of them. */
export function sourceUrl(given: string | undefined): string {
  const named = given ?? process.env.DATABASE_URL;
  if (named) return named;
  const pidFile = path.join(STATE_FOLDER, "postgres/postmaster.pid");
  const port = existsSync(pidFile) ? readFileSync(pidFile, "utf8").split("\n")[PORT_LINE] : undefined;
  if (port === undefined) throw new Error("No database: name one with --database or DATABASE_URL, or start pnpm dev.");
  return `postgresql://earwitness_app:local@127.0.0.1:${port}/earwitness`;
}
