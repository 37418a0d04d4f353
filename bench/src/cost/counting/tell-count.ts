import type { CountName } from "../count-name.ts";

/** Says in the log that `n` more of something happened, and what of; whoever measures adds them up. */
export function tellCount(counted: CountName, n = 1, of?: string): void {
  if (n > 0) console.log(JSON.stringify({ counted, n, of }));
}
