import type { Context, SystemActor } from "@earwitness/core";
import { movableClock } from "./use-database.ts";

/** Longer than a night's run may take. */
const PURGE_MS = 3 * 60_000;

/** The same, with a clock on which each purge of a call takes longer than a whole run may. */
export function slowPurges(ctx: Context<SystemActor>): Context<SystemActor> {
  const clock = movableClock(ctx.clock.now());
  return {
    ...ctx,
    clock,
    unitOfWork: (work) =>
      ctx.unitOfWork((tx) =>
        work({
          ...tx,
          purges: {
            ...tx.purges,
            async take(...purge) {
              clock.forward(PURGE_MS);
              await tx.purges.take(...purge);
            },
          },
        }),
      ),
  };
}
