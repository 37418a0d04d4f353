import type { TestProject } from "vitest/node";
import { runPostgres } from "./run-postgres.ts";
import type {} from "./template.ts";

/** A vitest `globalSetup`: one Postgres on a free port for the run, of whose template each test file gets a copy. */
export default async function setUpPostgres(project: TestProject): Promise<() => Promise<void>> {
  const { server, adminUrl, end } = await runPostgres();
  project.provide("postgresAdminUrl", adminUrl);
  project.provide("postgresPort", server.port);
  return end;
}
