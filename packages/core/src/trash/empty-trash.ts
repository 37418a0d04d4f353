import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import type { TrashPosition } from "../ports/repositories/index.ts";
import { purge } from "../purge/purge.ts";
import { purgeDueAt, TRASH_DAYS } from "./trash-time.ts";

const CALLS_PER_PAGE = 100;
/** Less than a scheduled work may take. What is left over waits for the next run. */
const RUN_MS = 2 * 60_000;

export interface TrashResult {
  readonly purged: number;
  readonly held: number;
  /** 1 when the time of the run was over before its work. */
  readonly unfinished: number;
}

/**
 * Purges calls whose time in the trash is over, those first that have lain there longest, whosever they are, each in a transaction of
 * its own, for two minutes at most. What is held, or was taken out meanwhile, stays.
 */
export async function emptyTrash(ctx: Context<SystemActor>, asOf: Date): Promise<TrashResult> {
  const deletedBefore = new Date(asOf.getTime() - TRASH_DAYS * DAY_MS);
  const endsAt = ctx.clock.now().getTime() + RUN_MS;
  const count = { purged: 0, held: 0, unfinished: 0 };
  for (let after: TrashPosition | null = null; ; ) {
    const page: TrashPosition[] = await ctx.unitOfWork((tx) =>
      tx.trash.due({ deletedBefore, after, limit: CALLS_PER_PAGE }),
    );
    for (const { id } of page) {
      if (ctx.clock.now().getTime() >= endsAt) {
        ctx.log.warn("The trash was not emptied in one run", { ...count });
        return { ...count, unfinished: 1 };
      }
      const result = await purge(ctx, id, {
        kind: "calls",
        days: null,
        isDue: ({ deletedAt }) => deletedAt !== null && purgeDueAt(deletedAt) <= asOf,
      });
      if (result !== "gone") count[result]++;
    }
    after = page.at(-1) ?? null;
    if (page.length < CALLS_PER_PAGE) return count;
  }
}
