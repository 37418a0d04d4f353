import { jwtVerify, SignJWT } from "jose";
import type { z } from "zod";

/** What a ticket lets its holder do; one for the one is none for the other. */
export type TicketPurpose = "access" | "media" | "live" | "live-address" | "link" | "unsubscribe" | "contact";

/**
 * A short-lived signed statement of ours, safe in a URL's path and in a first frame: `claims` for one purpose, until
 * `expiresAt`. It is readable by whoever holds it, and says nothing secret.
 */
export async function signTicket(
  secret: string,
  purpose: TicketPurpose,
  claims: Record<string, unknown>,
  expiresAt: Date,
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setAudience(purpose)
    .setExpirationTime(expiresAt)
    .sign(keyOf(secret));
}

/** The claims of a ticket that we signed for `purpose` and that is still good; null for any other text. */
export async function readTicket<S extends z.ZodType>(
  secret: string,
  purpose: TicketPurpose,
  ticket: string,
  claims: S,
  now: Date,
): Promise<z.infer<S> | null> {
  try {
    const { payload } = await jwtVerify(ticket, keyOf(secret), {
      audience: purpose,
      algorithms: ["HS256"],
      currentDate: now,
      requiredClaims: ["exp"],
    });
    return claims.safeParse(payload).data ?? null;
  } catch {
    return null;
  }
}

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
