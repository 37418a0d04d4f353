import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase, provisionDatabase, startPostgres } from "@earwitness/local-postgres";
import type { TestProject } from "vitest/node";
import { startVendors } from "./stand-ins.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tests' database, as the workers' own role. */
    apiDatabaseUrl: string;
    /** Base URLs and keys of the vendors' stand-ins, as the workers take them. */
    vendors: Record<string, string>;
    /** Where the stand-ins are moved: faults, and who has accounts with the identity providers. */
    controlUrl: string;
    /** How long the fuzzing may go on: `FUZZ_LIMIT_MS`, a minute where it is not set. */
    fuzzLimitMs: number;
  }
}

const MIGRATIONS = path.join(import.meta.dirname, "../../../../drizzle");

/** One Postgres and one set of vendors for the run. Tests share them, and meet in nothing but by workspaces of their own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-api-test-"));
  const postgres = await startPostgres({ dataFolder: path.join(folder, "data") });
  const emulators = await startVendors();
  const { ownerUrl, appUrl } = await provisionDatabase(postgres.url("postgres", "postgres"), "earwitness_api_test");
  await migrateDatabase(ownerUrl, MIGRATIONS);
  project.provide("apiDatabaseUrl", appUrl);
  project.provide("controlUrl", emulators.control.url);
  project.provide("fuzzLimitMs", Number(process.env.FUZZ_LIMIT_MS ?? 60_000));
  project.provide("vendors", {
    TELNYX_BASE_URL: emulators.telnyx.url,
    TELNYX_API_KEY: emulators.telnyx.key,
    TELNYX_CONNECTION_ID: emulators.telnyx.connectionId,
    ASSEMBLYAI_BASE_URL: emulators.assemblyai.url,
    ASSEMBLYAI_API_KEY: emulators.assemblyai.key,
    GOOGLE_ISSUER: emulators.google.url,
    GOOGLE_CLIENT_ID: emulators.google.clientId,
    GOOGLE_CLIENT_SECRET: emulators.google.clientSecret,
    GITHUB_BASE_URL: emulators.github.url,
    GITHUB_CLIENT_ID: emulators.github.clientId,
    GITHUB_CLIENT_SECRET: emulators.github.clientSecret,
  });
  return async () => {
    await emulators.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
