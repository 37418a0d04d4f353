import { EarwitnessError } from "@earwitness/shared";
import { networkOf } from "../middleware/ip-wall.ts";
import type { Services } from "../services.ts";

const WAIT_MS = 60_000;

/** Counts one more of `key`. Throws `too_many_requests` past the limit of the binding. */
export async function limit(limiter: RateLimit, key: string): Promise<void> {
  const { success } = await limiter.limit({ key });
  if (success) return;
  throw new EarwitnessError(
    "too_many_requests",
    "Too much was asked for in a short time. Wait a minute, then try again.",
    {
      retryAfterMs: WAIT_MS,
    },
  );
}

/**
 * Counts one more sign-in from the network that the request comes from. Behind the platform every request carries the address that
 * it came from; without one there is nothing to count. Throws like `limit`.
 */
export async function limitByNetwork({ env, origin }: Pick<Services, "env" | "origin">): Promise<void> {
  if (origin.ipAddress !== null) await limit(env.SIGN_INS_BY_IP, networkOf(origin.ipAddress));
}

/** The same for messages by the contact form. */
export async function limitContacts({ env, origin }: Pick<Services, "env" | "origin">): Promise<void> {
  if (origin.ipAddress !== null) await limit(env.CONTACTS_BY_IP, networkOf(origin.ipAddress));
}
