import { EarwitnessError } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";

/** What came of putting a message on its queue again. `refused`: nobody could do anything with it. Crosses workers, as an error of ours cannot. */
export type Resent = { readonly kind: "sent" } | { readonly kind: "refused"; readonly reason: string };

/** Puts what a message carried on a queue again. */
export type Resend = (queue: string, body: unknown) => Promise<Resent>;

/**
 * Sends a message again that a queue gave up, to the queue that it was on, and notes it; what comes of it can die again, as another
 * message. Throws `not_found`, `conflict` for one that was sent again before, and `unprocessable` for one that is of no use. Of two at once both may be sent: whoever takes
 * one finds done what is done.
 */
export async function sendDeadMessageAgain(ctx: Context<WorkspaceActor>, resend: Resend, id: string): Promise<void> {
  const letter = await ctx.unitOfWork((tx) => tx.deadLetters.find(id));
  if (letter.sentAgainAt !== null) throw new EarwitnessError("conflict", "The message was sent again before.");
  const resent = await resend(letter.queue, letter.body);
  if (resent.kind === "refused") throw new EarwitnessError("unprocessable", resent.reason);
  await ctx.unitOfWork(async (tx) => {
    await tx.deadLetters.markSentAgain(id, ctx.clock.now());
    const object = { kind: "message", id };
    await tx.audit.append({ action: "job.run_again", object, details: { queue: letter.queue } });
  });
}

/** Leaves a message as it is that a queue gave up, seen. Throws `not_found`. */
export async function dismissDeadMessage(ctx: Context<WorkspaceActor>, id: string): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    await tx.deadLetters.dismiss(id, ctx.clock.now());
    await tx.audit.append({ action: "job.dismissed", object: { kind: "message", id }, details: {} });
  });
}
