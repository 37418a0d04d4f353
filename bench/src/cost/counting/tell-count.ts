import type { CountName } from "../count-name.ts";

/** Says in the log that `n` more of something happened; whoever measures adds them up. */
export function tellCount(counted: CountName, n = 1): void {
  if (n > 0) console.log(JSON.stringify({ counted, n }));
}
