import type { PickDeadMessages } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";

/** Leaves messages as they are that queues gave up, seen. Returns how many nobody had dealt with before. */
export async function dismissDeadMessages(ctx: Context<WorkspaceActor>, pick: PickDeadMessages): Promise<number> {
  return ctx.unitOfWork(async (tx) => {
    const count = await tx.deadLetters.dismiss(pick, ctx.clock.now());
    if (count === 0) return 0;
    const id = "messageIds" in pick ? (pick.messageIds[0] ?? "") : pick.queue;
    // An entry stays small however many there were; the request says which.
    const details = { count, ...("queue" in pick ? pick : {}) };
    await tx.audit.append({ action: "job.dismissed", object: { kind: "message", id }, details });
    return count;
  });
}
