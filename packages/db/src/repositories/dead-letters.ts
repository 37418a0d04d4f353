import type { DeadLetterRepository } from "@earwitness/core";
import { notFound } from "@earwitness/shared";
import { eq } from "drizzle-orm";
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
    async find(id) {
      const [letter] = await db.select().from(deadLetters).where(eq(deadLetters.id, id));
      if (letter === undefined) throw notFound("The message");
      return letter;
    },
    async markSentAgain(id, at) {
      await db.update(deadLetters).set({ sentAgainAt: at }).where(eq(deadLetters.id, id));
    },
    async dismiss(id, at) {
      const dismissed = await db
        .update(deadLetters)
        .set({ dismissedAt: at })
        .where(eq(deadLetters.id, id))
        .returning({ id: deadLetters.id });
      if (dismissed.length === 0) throw notFound("The message");
    },
  };
}
