import { type CallId, EarwitnessError, notFound } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, WorkspaceActor } from "../context.ts";

/**
 * Puts a call into the trash: from then on nobody sees it anywhere else. Throws `not_found`, also for one that lies there already,
 * and `conflict` for one that is on the line, or that a legal hold keeps.
 */
export async function deleteCall(ctx: Context<WorkspaceActor>, callId: CallId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const call = await tx.trash.lock(callId);
    if (call === null || call.deletedAt !== null) throw notFound("The call");
    if (call.state !== "ended") {
      throw new EarwitnessError("conflict", "The call is still on the line. Hang up, then delete it.");
    }
    if (await tx.holds.isHeld(call)) {
      throw new EarwitnessError(
        "conflict",
        "A legal hold keeps this call. It can be deleted once the hold is released.",
      );
    }
    // First: of a call in the trash nothing is told any more.
    await tx.outbox.tellCall(call.workspaceId, callId);
    await tx.trash.put(callId, { at: ctx.clock.now(), by: actorName(ctx.actor) });
    await tx.audit.append({ action: "call.deleted", object: { kind: "call", id: callId } });
  });
}
