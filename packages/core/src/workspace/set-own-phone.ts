import { EarwitnessError } from "@earwitness/shared";
import parsePhoneNumber from "libphonenumber-js/min";
import type { Context, UserActor } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";

/**
 * Sets the phone to which calls are transferred that are meant for the one who asks; null takes it away. Such calls are theirs to see,
 * so a phone is one person's. Throws `invalid_request` for what is no phone number with its country code, and `conflict` for one that
 * somebody else of the workspace has.
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
    // Of two who take the same phone at once, the second finds that the first has it.
    await tx.workspaces.lock(ctx.actor.workspaceId);
    if (after !== null) await requireNobodyElses(tx, ctx.actor, after);
    const before = await tx.workspaces.setPhone(ctx.actor, after);
    if (before === after) return;
    const object = { kind: "user", id: ctx.actor.userId };
    await tx.audit.append({ action: "member.changed", object, details: { phone: { before, after } } });
  });
}

async function requireNobodyElses(
  tx: Pick<Repositories, "members">,
  { workspaceId, userId }: UserActor,
  phone: string,
): Promise<void> {
  const others = (await tx.members.withPhone(workspaceId, phone)).filter((id) => id !== userId);
  if (others.length === 0) return;
  throw new EarwitnessError(
    "conflict",
    `Somebody else of the workspace has the phone ${phone}. Ask them to give it up first.`,
  );
}
