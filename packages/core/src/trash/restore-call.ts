import { type CallId, notFound } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";

/** Takes a call out of the trash. Throws `not_found` for one that does not lie there, or not any more. */
export async function restoreCall(ctx: Context<WorkspaceActor>, callId: CallId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const call = await tx.trash.lock(callId);
    if (call === null || call.deletedAt === null || call.purgedAt !== null) throw notFound("The call in the trash");
    await tx.trash.takeOut(callId);
    await tx.outbox.tellCall(call.workspaceId, callId);
    await tx.audit.append({ action: "call.restored", object: { kind: "call", id: callId } });
  });
}
