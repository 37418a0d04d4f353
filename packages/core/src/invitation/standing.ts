import { EarwitnessError, type InvitationView } from "@earwitness/shared";
import type { InvitationRecord } from "../ports/repositories/index.ts";

type Dates = Pick<InvitationRecord, "acceptedAt" | "revokedAt" | "expiresAt">;

/** How an invitation stands at a moment. */
export function invitationState({ acceptedAt, revokedAt, expiresAt }: Dates, now: Date): InvitationView["state"] {
  if (acceptedAt !== null) return "accepted";
  if (revokedAt !== null) return "revoked";
  return expiresAt <= now ? "expired" : "waiting";
}

/** Throws `unprocessable`, saying why and what to do, for an invitation that does not wait any more. */
export function requireWaiting(invitation: Dates, now: Date): void {
  const state = invitationState(invitation, now);
  if (state !== "waiting") throw new EarwitnessError("unprocessable", OVER[state]);
}

const OVER: Readonly<Record<Exclude<InvitationView["state"], "waiting">, string>> = {
  accepted: "This invitation has been accepted already. Sign in to work there, or ask to be invited again.",
  expired: "This invitation has expired. Ask who invited you for another one.",
  revoked: "This invitation was taken back. Ask who invited you whether that was meant.",
};

/** What is said of a token that belongs to no invitation, or to the link of an earlier mail. */
export function unknownInvitation(): EarwitnessError {
  return new EarwitnessError(
    "not_found",
    "There is no such invitation. Use the link in the newest mail, or ask to be invited again.",
  );
}
