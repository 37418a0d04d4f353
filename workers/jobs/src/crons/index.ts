import { CRON_CATALOGUE, failureForEverybody, runCron } from "@earwitness/core";
import { type CronName, EarwitnessError } from "@earwitness/shared";
import type { Services } from "../services.ts";
import { auditHeads } from "./audit-heads.ts";
import { checksums } from "./checksums.ts";
import type { Cron } from "./cron.ts";
import { digest } from "./digest.ts";
import { expire } from "./expire.ts";
import { orphans } from "./orphans.ts";
import { partitions } from "./partitions.ts";
import { reconcile } from "./reconcile.ts";
import { retention } from "./retention.ts";
import { sweep } from "./sweep.ts";
import { trash } from "./trash.ts";
import { uploads } from "./uploads.ts";
import { usage } from "./usage.ts";

/** Every scheduled work, in the order in which those run that are due at once. */
export const CRONS: readonly Cron[] = [
  sweep,
  reconcile,
  uploads,
  expire,
  usage,
  auditHeads,
  retention,
  trash,
  orphans,
  checksums,
  partitions,
  digest,
];

/**
 * Runs what is due by one of the triggers of wrangler.toml, one after the other: one that fails keeps no other from running. Throws
 * after the last when one has.
 */
export async function runDueCrons(services: Services, expression: string, asOf: Date): Promise<void> {
  const due = CRONS.filter(({ name }) => CRON_CATALOGUE[name].schedule === expression);
  if (due.length === 0) throw new EarwitnessError("internal", `No work for the cron ${expression}.`);
  const failures: unknown[] = [];
  for (const cron of due) {
    await runOne(services, cron, asOf, null).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, "A scheduled work did not come to its end.");
}

/**
 * Runs one now, besides its schedule. `requestedBy` is whoever asked for it. What it throws is kept with the job, which is of one
 * workspace, as the work is not.
 */
export async function runCronByHand(services: Services, name: CronName, requestedBy: string): Promise<void> {
  const cron = CRONS.find((one) => one.name === name);
  if (cron === undefined) throw new EarwitnessError("internal", `No work by the name ${name}.`);
  await runOne(services, cron, services.ctx.clock.now(), requestedBy).catch((error: unknown) => {
    throw failureForEverybody(error);
  });
}

async function runOne(services: Services, cron: Cron, asOf: Date, requestedBy: string | null): Promise<void> {
  await runCron(services.ctx, { name: cron.name, requestedBy }, () => cron.run(services, asOf));
  await services.drain();
}
