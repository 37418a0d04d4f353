import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";

/** What comes late comes within two days: a recording from a carrier that was away, a transcript after it. */
const RECOUNTED_DAYS = 2;

/** Sums up what was used in the last days, by hour and by day. However often it runs, the sums are those of the record. */
export async function rollUpUsage(ctx: Context<SystemActor>, asOf: Date): Promise<{ hours: number; days: number }> {
  const from = new Date(Math.floor(asOf.getTime() / DAY_MS) * DAY_MS - RECOUNTED_DAYS * DAY_MS);
  return ctx.unitOfWork((tx) => tx.usage.rollUp({ from, until: asOf }));
}
