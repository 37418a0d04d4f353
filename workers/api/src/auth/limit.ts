import { EarwitnessError } from "@earwitness/shared";

const WAIT_MS = 60_000;

/** Counts one more of `key`. Throws `too_many_requests` past the limit of the binding. */
export async function limit(limiter: RateLimit, key: string): Promise<void> {
  const { success } = await limiter.limit({ key });
  if (success) return;
  throw new EarwitnessError("too_many_requests", "Too many sign-ins were asked for. Wait a minute, then try again.", {
    retryAfterMs: WAIT_MS,
  });
}
