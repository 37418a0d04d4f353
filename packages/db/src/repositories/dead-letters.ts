import type { DeadLetterRepository } from "@earwitness/core";
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
  };
}
