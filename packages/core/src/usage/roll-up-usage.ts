import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";

/** What comes late comes within two days: a recording from a carrier that was away, a transcript after it. */
const RECOUNTED_DAYS = 2;
const POSITION = "usage";

/**
 * Sums up what was used since two days before the last run, by hour and by day: what a run has missed, the next one counts. However
 * often it runs, the sums are those of the record.
 */
export async function rollUpUsage(ctx: Context<SystemActor>, asOf: Date): Promise<{ hours: number; days: number }> {
  return ctx.unitOfWork(async (tx) => {
    const last = await tx.cronRuns.position(POSITION);
    // Two that sum up at once wait for each other here.
    await tx.cronRuns.move(POSITION, asOf.toISOString());
    const since = Math.min(asOf.getTime(), last === null ? asOf.getTime() : Date.parse(last));
    const from = new Date(Math.floor(since / DAY_MS) * DAY_MS - RECOUNTED_DAYS * DAY_MS);
    return tx.usage.rollUp({ from, until: asOf });
  });
}
