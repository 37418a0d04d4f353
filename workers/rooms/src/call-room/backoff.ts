interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait after a failure, in ms; `failures` is how many in a row came before it. Doubles with each up to a limit; half
 * of it is chance, so that many rooms do not come back at once.
 */
export function backoffMs(failures: number, { firstMs, longestMs }: Backoff, random = Math.random): number {
  const ms = Math.min(longestMs, firstMs * 2 ** failures);
  return ms / 2 + (random() * ms) / 2;
}
