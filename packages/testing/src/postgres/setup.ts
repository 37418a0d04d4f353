import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase, provisionDatabase, startPostgres } from "@earwitness/local-postgres";
import type { TestProject } from "vitest/node";
import { TEMPLATE } from "./template.ts";

const MIGRATIONS = path.join(import.meta.dirname, "../../../../drizzle");

/**
 * A vitest `globalSetup`: one Postgres on a free port for the run, in a folder that goes with it, with one migrated
 * template that `testDatabase` copies for each test file.
 */
export default async function setUpPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-test-postgres-"));
  const server = await startPostgres({ dataFolder: path.join(folder, "data") });
  const tearDown = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const adminUrl = server.url("postgres", "postgres");
    const { ownerUrl } = await provisionDatabase(adminUrl, TEMPLATE);
    await migrateDatabase(ownerUrl, MIGRATIONS);
    project.provide("postgresAdminUrl", adminUrl);
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}
