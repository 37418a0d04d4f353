import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase, provisionDatabase, startPostgres } from "@earwitness/local-postgres";
import type { TestProject } from "vitest/node";
import { startCarrier } from "./carrier.ts";
import { startMailService } from "./mail-service.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tests' database, as the workers' own role. */
    jobsDatabaseUrl: string;
    /** The scripted carrier. */
    carrierUrl: string;
    /** The stand-in of the mail service, and where it is moved and its mails are read. */
    mailService: { url: string; key: string; controlUrl: string };
  }
}

const MIGRATIONS = path.join(import.meta.dirname, "../../../../drizzle");

/** One Postgres and one carrier for the run. Tests meet in nothing but by workspaces and recordings of their own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-jobs-test-"));
  const postgres = await startPostgres({ dataFolder: path.join(folder, "data") });
  const carrier = await startCarrier();
  const mail = await startMailService();
  const { ownerUrl, appUrl } = await provisionDatabase(postgres.url("postgres", "postgres"), "earwitness_jobs_test");
  await migrateDatabase(ownerUrl, MIGRATIONS);
  project.provide("jobsDatabaseUrl", appUrl);
  project.provide("carrierUrl", carrier.url);
  project.provide("mailService", { ...mail.resend, controlUrl: mail.control.url });
  return async () => {
    await mail.close();
    await carrier.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
