import type { DeadMessageGroupView } from "@earwitness/shared";
import { and, count, desc, isNull, max } from "drizzle-orm";
import { deadLetters } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

/** There are a dozen queues, and a handful of reasons. */
const MAX_GROUPS = 100;

/** Messages that queues gave up and nobody has dealt with, by queue and reason, newest first; never what they carried. */
export async function readDeadMessages({ db }: Scope): Promise<DeadMessageGroupView[]> {
  const newestAt = max(deadLetters.at);
  const rows = await db
    .select({
      queue: deadLetters.queue,
      reason: deadLetters.reason,
      count: count(),
      newestAt,
    })
    .from(deadLetters)
    .where(and(isNull(deadLetters.sentAgainAt), isNull(deadLetters.dismissedAt)))
    .groupBy(deadLetters.queue, deadLetters.reason)
    .orderBy(desc(newestAt))
    .limit(MAX_GROUPS);
  // Of a group there is always a newest.
  return rows.flatMap(({ newestAt, ...group }) =>
    newestAt === null ? [] : [{ ...group, newestAt: newestAt.toISOString() }],
  );
}
