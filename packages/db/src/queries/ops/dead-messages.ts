import type { DeadMessageView } from "@earwitness/shared";
import { and, desc, isNull } from "drizzle-orm";
import { deadLetters } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

const SHOWN = 20;

/** Messages that queues gave up and nobody has dealt with, newest first; never what they carried. */
export async function readDeadMessages({ db }: Scope): Promise<DeadMessageView[]> {
  const rows = await db
    .select({ id: deadLetters.id, queue: deadLetters.queue, reason: deadLetters.reason, at: deadLetters.at })
    .from(deadLetters)
    .where(and(isNull(deadLetters.sentAgainAt), isNull(deadLetters.dismissedAt)))
    .orderBy(desc(deadLetters.at))
    .limit(SHOWN);
  return rows.map(({ at, ...letter }) => ({ ...letter, at: at.toISOString(), isSentAgain: false }));
}
