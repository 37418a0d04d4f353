import { EarwitnessError } from "@earwitness/shared";
import parsePhoneNumber from "libphonenumber-js/min";
import type { Context, UserActor } from "../context.ts";

/**
 * Sets the phone to which calls are transferred that are meant for the one who asks; null takes it away. Throws
 * `invalid_request` for what is no phone number with its country code.
 */
export async function setOwnPhone(ctx: Context<UserActor>, phone: string | null): Promise<void> {
  const parsed = phone === null ? null : parsePhoneNumber(phone);
  if (phone !== null && !parsed?.isPossible()) {
    throw new EarwitnessError("invalid_request", "This is not a phone number: see errors.", {
      fields: [{ pointer: "#/phone", detail: "must be a phone number with + and country code" }],
    });
  }
  const after = parsed?.number ?? null;
  await ctx.unitOfWork(async (tx) => {
    const before = await tx.workspaces.setPhone(ctx.actor, after);
    if (before === after) return;
    const object = { kind: "user", id: ctx.actor.userId };
    await tx.audit.append({ action: "member.changed", object, details: { phone: { before, after } } });
  });
}
