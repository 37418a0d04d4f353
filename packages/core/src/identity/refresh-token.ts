import { DAY_MS } from "../durations.ts";
import type { TokenFamilyRecord } from "../ports/repositories/index.ts";

/** For how long an access token is good: a stolen one is soon worth nothing, and a room's clock may be off by a little. */
export const ACCESS_TOKEN_MS = 10 * 60 * 1000;
/** For how long a refresh token that nobody uses is good. */
export const REFRESH_TOKEN_MS = 30 * DAY_MS;
/**
 * For so long after its use a refresh token that comes again is only refused. It may be the other of two requests at once of
 * one client, whose first one was answered; so its family is not ended for it, and nothing is given out for it either. Whoever
 * has not got that answer sends the token again when `Retry-After` says, which ends the family: nobody can use a lost answer,
 * and a thief who was first is found out by the client's own retry.
 */
export const REFRESH_RACE_MS = 10_000;

/** What becomes of a refresh token that is presented. */
export type RefreshVerdict =
  | { readonly kind: "renew" }
  /** It was used a moment ago: refused, and that is all. */
  | { readonly kind: "raced"; readonly retryAfterMs: number }
  /** It was used before: somebody has stolen it, so every token of its family ends. */
  | { readonly kind: "reused" }
  | { readonly kind: "ended"; readonly why: "revoked" | "expired" | "key" };

/** Judges a refresh token; `usedAt` is when it was used, null where it never was. */
export function judgeRefreshToken(
  family: Pick<TokenFamilyRecord, "expiresAt" | "revokedAt"> & {
    readonly apiKey: Pick<TokenFamilyRecord["apiKey"], "expiresAt" | "revokedAt">;
  },
  usedAt: Date | null,
  now: Date,
): RefreshVerdict {
  const { apiKey } = family;
  if (family.revokedAt !== null) return { kind: "ended", why: "revoked" };
  if (apiKey.revokedAt !== null || (apiKey.expiresAt !== null && apiKey.expiresAt <= now)) {
    return { kind: "ended", why: "key" };
  }
  if (usedAt !== null) {
    const retryAfterMs = usedAt.getTime() + REFRESH_RACE_MS - now.getTime();
    return retryAfterMs > 0 ? { kind: "raced", retryAfterMs } : { kind: "reused" };
  }
  return family.expiresAt <= now ? { kind: "ended", why: "expired" } : { kind: "renew" };
}

/** Until when a refresh token made now is good: not longer than its key. */
export function refreshExpiry(key: { readonly expiresAt: Date | null }, now: Date): Date {
  return new Date(Math.min(now.getTime() + REFRESH_TOKEN_MS, key.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY));
}
