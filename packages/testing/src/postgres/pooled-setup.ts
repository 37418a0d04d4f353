import { startPooler } from "@earwitness/local-postgres";
import type { TestProject } from "vitest/node";
import { runPostgres } from "./run-postgres.ts";
import type {} from "./template.ts";

/**
 * A vitest `globalSetup` like that of `setup.ts`, where what is tested reaches Postgres through a pooler that forgets a session
 * with its transaction. The tests themselves look at rows past it.
 */
export default async function setUpPooledPostgres(project: TestProject): Promise<() => Promise<void>> {
  const { server, adminUrl, end } = await runPostgres();
  const pooler = await startPooler(server.port);
  project.provide("postgresAdminUrl", adminUrl);
  project.provide("postgresPort", pooler.port);
  return async () => {
    await pooler.close();
    await end();
  };
}
