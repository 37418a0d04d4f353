import { forgetExpired, reconcile, sweepJobs } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import type { Services } from "../services.ts";

/** `asOf` is when the run was due. */
type Cron = (services: Services, asOf: Date) => Promise<void>;

/** The last net, each safe to run twice at once. The expressions are those of wrangler.toml. */
const CRONS: Readonly<Record<string, Cron>> = {
  "* * * * *": async (services) => {
    const startedAt = Date.now();
    await services.drain();
    const resent = await sweepJobs(services.ctx, services.jobQueue);
    if (resent > 0) services.log.warn("Jobs were sent again", { resent, durationMs: Date.now() - startedAt });
  },
  "*/5 * * * *": async (services, asOf) => {
    await reconcile(services.ctx, { records: services.ports.records, rooms: services.rooms }, asOf);
    await services.drain();
    await forgetExpired(services.ctx);
  },
};

export async function runCron(services: Services, expression: string, asOf: Date): Promise<void> {
  const cron = CRONS[expression];
  if (cron === undefined) throw new EarwitnessError("internal", `No work for the cron ${expression}.`);
  await cron(services, asOf);
}
