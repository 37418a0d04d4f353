import { type DeadMessagesSent, MAX_MESSAGES_AT_ONCE, type PickDeadMessages } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import type { DeadLetter } from "../ports/repositories/index.ts";

/** What came of putting a message on its queue again. `refused`: nobody could do anything with it. Crosses workers, as an error of ours cannot. */
export type Resent = { readonly kind: "sent" } | { readonly kind: "refused"; readonly reason: string };

/** Puts what a message carried on a queue again. */
export type Resend = (queue: string, body: unknown) => Promise<Resent>;

/**
 * Sends messages again that queues gave up, the oldest `MAX_MESSAGES_AT_ONCE` at most, each to the queue that it was on, and notes it; what
 * comes of one can die again, as another message. Those that are of no use are named with the reason and keep no other of these from being
 * sent, but stay the oldest until somebody dismisses them. Where sending fails on the way, those before it are noted, and it throws. Of two
 * at once both may be sent: whoever takes one finds done what is done.
 */
export async function sendDeadMessagesAgain(
  ctx: Context<WorkspaceActor>,
  resend: Resend,
  pick: PickDeadMessages,
): Promise<DeadMessagesSent> {
  const letters = await ctx.unitOfWork((tx) => tx.deadLetters.open(pick, MAX_MESSAGES_AT_ONCE));
  const sent: DeadLetter[] = [];
  const refused: DeadMessagesSent["refused"] = [];
  try {
    for (const letter of letters) {
      const resent = await resend(letter.queue, letter.body);
      if (resent.kind === "sent") sent.push(letter);
      else refused.push({ messageId: letter.id, reason: resent.reason });
    }
  } finally {
    await note(ctx, sent);
  }
  return { changed: sent.length, refused };
}

async function note(ctx: Context<WorkspaceActor>, sent: readonly DeadLetter[]): Promise<void> {
  const [first] = sent;
  if (first === undefined) return;
  await ctx.unitOfWork(async (tx) => {
    const messageIds = sent.map(({ id }) => id);
    await tx.deadLetters.markSentAgain(messageIds, ctx.clock.now());
    const object = { kind: "message", id: first.id };
    const queues = [...new Set(sent.map(({ queue }) => queue))];
    await tx.audit.append({ action: "job.run_again", object, details: { queues, messageIds } });
  });
}
