import type { CallId, CommandTaken } from "@earwitness/shared";
import type { z } from "zod";
import type { Context, WorkspaceActor } from "../context.ts";
import { actorName } from "./actor-name.ts";
import type { CallRooms } from "./call-rooms.ts";

/**
 * Ends a call of the workspace. Its room decides: two people who press at once make one effect, and both are in the audit log,
 * which is told before the room is. Throws `not_found` for a call
 * that the record does not know (yet), `conflict` when it has ended, `unavailable` when the room does not answer.
 */
export async function hangUp(
  ctx: Context<WorkspaceActor>,
  rooms: CallRooms,
  callId: CallId,
): Promise<z.infer<typeof CommandTaken>> {
  const call = await ctx.unitOfWork(async (tx) => {
    const call = await tx.calls.find(callId);
    await tx.audit.append({ action: "call.hung_up", object: { kind: "call", id: callId } });
    return call;
  });
  return rooms(call.room).hangUp({ by: actorName(ctx.actor), workspaceId: ctx.actor.workspaceId });
}
