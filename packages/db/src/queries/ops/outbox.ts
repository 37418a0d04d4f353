import type { OpsView } from "@earwitness/shared";
import { count, min, sql } from "drizzle-orm";
import { outbox } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

/** How many effects wait to be let out, for how long the oldest, and how many of them have failed at least once. */
export async function readOutbox({ db, clock }: Scope): Promise<OpsView["outbox"]> {
  const now = clock.now();
  const [row] = await db
    .select({
      waiting: count(),
      oldest: min(outbox.createdAt),
      failing: sql<number>`count(*) filter (where ${outbox.lastError} is not null)`.mapWith(Number),
    })
    .from(outbox);
  const oldest = row?.oldest ?? null;
  return {
    waiting: row?.waiting ?? 0,
    oldestWaitMs: oldest === null ? null : Math.max(0, now.getTime() - oldest.getTime()),
    failing: row?.failing ?? 0,
  };
}
