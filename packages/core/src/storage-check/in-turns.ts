import type { Context } from "../context.ts";
import { DAY_MS } from "../durations.ts";

/**
 * Takes a page of each of `works` in turn, until none has more (`takePage` says so by false), so many pages are taken, or the time is
 * over. So each gets its share however much the others have, and what one leaves of its share the others get. Another begins each day:
 * where one takes all of the time, the next one's turn comes.
 */
export async function inTurns<W>(
  { clock }: Pick<Context, "clock">,
  works: readonly W[],
  limits: { readonly pages: number; readonly runMs: number },
  takePage: (work: W) => Promise<boolean>,
): Promise<void> {
  const startedAt = clock.now().getTime();
  const first = Math.floor(startedAt / DAY_MS) % works.length;
  let turn = [...works.slice(first), ...works.slice(0, first)];
  for (let pages = 0; turn.length > 0; ) {
    const unfinished: W[] = [];
    for (const work of turn) {
      if (pages >= limits.pages || clock.now().getTime() >= startedAt + limits.runMs) return;
      pages++;
      if (await takePage(work)) unfinished.push(work);
    }
    turn = unfinished;
  }
}
