import { randomUUID } from "node:crypto";
import { cloneDatabase, dropDatabase, type ProvisionedDatabase } from "@earwitness/local-postgres";
import { inject } from "vitest";
import { TEMPLATE } from "./template.ts";

export interface TestDatabase extends ProvisionedDatabase {
  /** The server's superuser, in the server's own database: for what neither role may do. */
  adminUrl: string;
  /** As workers reach it: as the app's role, and through the run's pooler where it has one. */
  workerUrl: string;
  drop(): Promise<void>;
}

/**
 * A fresh, migrated, empty database for one test file (about 100 ms): make it in `beforeAll`, drop it in `afterAll`.
 * Needs `globalSetup: ["@earwitness/testing/postgres-setup"]` in the project's vitest config.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("postgresAdminUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const database = await cloneDatabase(adminUrl, TEMPLATE, name);
  const workerUrl = new URL(database.appUrl);
  workerUrl.port = String(inject("postgresPort"));
  return { ...database, adminUrl, workerUrl: workerUrl.href, drop: () => dropDatabase(adminUrl, name) };
}
