import { EarwitnessError } from "@earwitness/shared";
import type { Context, SystemActor, VisitorActor } from "../context.ts";
import { type MailRefusal, readUnsubscribeToken } from "./unsubscribe-link.ts";

/**
 * Sends no more mails of a kind to an address, for who holds the token that such a mail carried. Twice is as good as once. Throws
 * `not_found` for a token that is none.
 */
export async function unsubscribe(
  ctx: Context<VisitorActor | SystemActor>,
  linkSecret: string,
  token: string,
): Promise<MailRefusal> {
  const now = ctx.clock.now();
  const refusal = await readUnsubscribeToken(linkSecret, token, now);
  if (refusal === null) {
    throw new EarwitnessError("not_found", "This link is not complete, or too old. Take it from a newer mail.");
  }
  await ctx.unitOfWork((tx) => tx.mailAddresses.setWanted(refusal.address, refusal.kind, false, now));
  return refusal;
}
