import type { CallId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import { purge } from "../purge/purge.ts";
import { purgeDueAt, TRASH_DAYS } from "./trash-time.ts";

const CALLS_PER_PAGE = 100;
/** Less than a scheduled work may take. What is left over waits for the next night. */
const RUN_MS = 2 * 60_000;

/**
 * Purges calls whose time in the trash is over, each in a transaction of its own, for two minutes at most. What is held, or was
 * taken out meanwhile, stays.
 */
export async function emptyTrash(ctx: Context<SystemActor>, asOf: Date): Promise<{ purged: number; held: number }> {
  const deletedBefore = new Date(asOf.getTime() - TRASH_DAYS * DAY_MS);
  const endsAt = ctx.clock.now().getTime() + RUN_MS;
  const count = { purged: 0, held: 0 };
  for (let after: CallId | null = null; ctx.clock.now().getTime() < endsAt; ) {
    const page: CallId[] = await ctx.unitOfWork((tx) => tx.trash.due({ deletedBefore, after, limit: CALLS_PER_PAGE }));
    for (const id of page) {
      const result = await purge(ctx, id, {
        kind: "calls",
        days: null,
        isDue: ({ deletedAt }) => deletedAt !== null && purgeDueAt(deletedAt) <= asOf,
      });
      if (result !== "gone") count[result]++;
    }
    after = page.at(-1) ?? null;
    if (page.length < CALLS_PER_PAGE) break;
  }
  return count;
}
