import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again and again until `look` returns something other than undefined. No fixed sleep stands between a change and
 * its sight: it looks every `everyMs`. Throws after `withinMs` with what `waitingFor` says.
 */
export async function eventually<T>(
  waitingFor: string,
  look: () => Promise<T | undefined>,
  { withinMs = 30_000, everyMs = 50 } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let trouble: unknown;
  while (Date.now() < deadline) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
      trouble = undefined;
    } catch (error) {
      trouble = error; // The stack may be down for the moment; that is what some tests are about.
    }
    await sleep(everyMs);
  }
  throw new Error(`Waited ${withinMs} ms for ${waitingFor}${trouble === undefined ? "" : `; the last look failed`}`, {
    cause: trouble,
  });
}
