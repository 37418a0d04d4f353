import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase, provisionDatabase, startPostgres } from "@earwitness/local-postgres";
import type { TestProject } from "vitest/node";
import { startCarrier } from "./carrier.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tests' database, as the workers' own role. */
    jobsDatabaseUrl: string;
    /** The scripted carrier. */
    carrierUrl: string;
  }
}

const MIGRATIONS = path.join(import.meta.dirname, "../../../../drizzle");

/** One Postgres and one carrier for the run. Tests meet in nothing but by workspaces and recordings of their own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-jobs-test-"));
  const postgres = await startPostgres({ dataFolder: path.join(folder, "data") });
  const carrier = await startCarrier();
  const { ownerUrl, appUrl } = await provisionDatabase(postgres.url("postgres", "postgres"), "earwitness_jobs_test");
  await migrateDatabase(ownerUrl, MIGRATIONS);
  project.provide("jobsDatabaseUrl", appUrl);
  project.provide("carrierUrl", carrier.url);
  return async () => {
    await carrier.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
