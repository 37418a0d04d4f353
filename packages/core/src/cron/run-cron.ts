import { type CronName, withinLimit } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { failureForEverybody } from "../failure-for-everybody.ts";

/** Several that are due at once share the platform's 15 minutes for a scheduled run. https://developers.cloudflare.com/workers/platform/limits/ */
const TIME_LIMIT_MS = 150_000;
/** What is still not told to have ended by then will not be: whoever ran it died. */
export const CRON_BROKEN_OFF_AFTER_MS = 15 * 60_000;

/** What a run found and did, as counts. */
export type CronResult = Readonly<Record<string, number>>;

/**
 * Does a scheduled work and writes down that it ran, for how long and what came of it. `requestedBy` is the person who had it
 * run, null for the schedule. Throws what `work` throws, after writing it down, and `timeout` where it takes longer than a run
 * may.
 */
export async function runCron(
  ctx: Context<SystemActor>,
  run: { readonly name: CronName; readonly requestedBy: string | null },
  work: () => Promise<CronResult>,
): Promise<CronResult> {
  const startedAt = ctx.clock.now();
  const id = await ctx.unitOfWork((tx) => tx.cronRuns.begin(run));
  const about = () => ({ cron: run.name, durationMs: ctx.clock.now().getTime() - startedAt.getTime() });
  try {
    const result = await withinLimit(work(), TIME_LIMIT_MS);
    await ctx.unitOfWork((tx) => tx.cronRuns.finish(id, { state: "done", result }));
    ctx.log.info("A scheduled work is done", { ...about(), ...result });
    return result;
  } catch (error) {
    const reason = reasonOf(error);
    ctx.log.error("A scheduled work failed", { ...about(), reason });
    const { message } = failureForEverybody(error);
    // Where this fails too the record is away: the work then counts as broken off, and its own error is the one to tell.
    await ctx.unitOfWork((tx) => tx.cronRuns.finish(id, { state: "failed", error: message })).catch(() => {});
    throw error;
  }
}

/** The error in words; of several at once, each. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return [error.message, ...error.errors.map(reasonOf)].join(" ");
  return error instanceof Error ? error.message : String(error);
}
