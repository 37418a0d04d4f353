import type { Context, SystemActor } from "../context.ts";
import { findMissing } from "./find-missing.ts";
import { findStrangers, type SweepStore } from "./find-strangers.ts";
import { settleFindings } from "./settle-findings.ts";

/**
 * Compares storage and record both ways, a bounded part in each run, and writes down where they do not agree. Safe to run twice at
 * once. One of the ways that fails keeps the other from nothing.
 */
export async function checkStorage(ctx: Context<SystemActor>, store: SweepStore): Promise<Record<string, number>> {
  const failures: unknown[] = [];
  const count: Record<string, number> = {};
  for (const step of [
    () => findStrangers(ctx, store),
    () => findMissing(ctx, store),
    async () => ({ settled: await settleFindings(ctx, store) }),
  ]) {
    await step().then(
      (found) => Object.assign(count, found),
      (error: unknown) => failures.push(error),
    );
  }
  if (failures.length > 0) throw new AggregateError(failures, "Storage and record were not compared to their end.");
  return count;
}
