import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase, type PostgresServer, provisionDatabase, startPostgres } from "@earwitness/local-postgres";
import { TEMPLATE } from "./template.ts";

const MIGRATIONS = path.join(import.meta.dirname, "../../../../drizzle");

/** A Postgres for one run of tests, in a folder that goes with it, with one migrated template that `testDatabase` copies. */
export async function runPostgres(): Promise<{ server: PostgresServer; adminUrl: string; end(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-test-postgres-"));
  const server = await startPostgres({ dataFolder: path.join(folder, "data") });
  const end = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const adminUrl = server.url("postgres", "postgres");
    const { ownerUrl } = await provisionDatabase(adminUrl, TEMPLATE);
    await migrateDatabase(ownerUrl, MIGRATIONS);
    return { server, adminUrl, end };
  } catch (error) {
    await end();
    throw error;
  }
}
