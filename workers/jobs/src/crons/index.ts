import { forgetExpired, keepAuditHeads, reconcile, sweepJobs, sweepUploads } from "@earwitness/core";
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
  "*/5 * * * *": (services, asOf) =>
    eachInTurn([
      () => reconcile(services.ctx, { records: services.ports.records, rooms: services.rooms }, asOf),
      () => services.drain(),
      () => forgetExpired(services.ctx),
      () => sweepUploads(services.ctx, services.ports.store),
      () => services.drain(),
    ]),
  "0 * * * *": async ({ ctx, ports, log }) => {
    const kept = await keepAuditHeads(ctx, ports.store);
    log.info("Heads of audit logs were kept", { kept });
  },
};

/** One that fails keeps the others from nothing. Throws after the last when one has. */
async function eachInTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, "The run did not come to its end.");
}

export async function runCron(services: Services, expression: string, asOf: Date): Promise<void> {
  const cron = CRONS[expression];
  if (cron === undefined) throw new EarwitnessError("internal", `No work for the cron ${expression}.`);
  await cron(services, asOf);
}
