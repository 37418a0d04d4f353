import { MAX_MESSAGES_AT_ONCE, type PickDeadMessages } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";

/** Leaves messages as they are that queues gave up, seen. Returns how many nobody had dealt with before. */
export async function dismissDeadMessages(ctx: Context<WorkspaceActor>, pick: PickDeadMessages): Promise<number> {
  return ctx.unitOfWork(async (tx) => {
    const dismissed = await tx.deadLetters.dismiss(pick, ctx.clock.now());
    const [first] = dismissed;
    if (first === undefined) return 0;
    await tx.audit.append({
      action: "job.dismissed",
      object: { kind: "message", id: first },
      details: {
        count: dismissed.length,
        ...("queue" in pick ? pick : {}),
        // An entry stays small however many there were: as many as can be sent again by their ids at once.
        messageIds: dismissed.slice(0, MAX_MESSAGES_AT_ONCE),
      },
    });
    return dismissed.length;
  });
}
