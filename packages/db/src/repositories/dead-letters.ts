import type { DeadLetterRepository } from "@earwitness/core";
import type { PickDeadMessages } from "@earwitness/shared";
import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { deadLetters } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function deadLetterRepository({ db, clock }: Scope): DeadLetterRepository {
  return {
    async keep(letter) {
      await db
        .insert(deadLetters)
        .values({ ...letter, at: clock.now() })
        .onConflictDoNothing();
    },
    open: (pick, limit) =>
      db
        .select({ id: deadLetters.id, queue: deadLetters.queue, body: deadLetters.body })
        .from(deadLetters)
        .where(isPicked(pick))
        .orderBy(asc(deadLetters.at), asc(deadLetters.id))
        .limit(limit),
    async markSentAgain(ids, at) {
      await db
        .update(deadLetters)
        .set({ sentAgainAt: at })
        .where(inArray(deadLetters.id, [...ids]));
    },
    async dismiss(pick, at) {
      const dismissed = await db
        .update(deadLetters)
        .set({ dismissedAt: at })
        .where(and(isPicked(pick), isNull(deadLetters.dismissedAt)))
        .returning({ id: deadLetters.id });
      return dismissed.map(({ id }) => id);
    },
  };
}

/** Of those that were not sent again. */
function isPicked(pick: PickDeadMessages) {
  const isOpen = isNull(deadLetters.sentAgainAt);
  if ("messageIds" in pick) return and(isOpen, inArray(deadLetters.id, pick.messageIds));
  const { queue, reason, until } = pick;
  return and(
    isOpen,
    isNull(deadLetters.dismissedAt),
    eq(deadLetters.queue, queue),
    eq(deadLetters.reason, reason),
    until === undefined ? undefined : lte(deadLetters.at, new Date(until)),
  );
}
