import type { CallId, SteerCall, SteerTaken } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { actorName } from "./actor-name.ts";
import type { CallRooms } from "./call-rooms.ts";
import { dialableWish } from "./dialable-wish.ts";

/**
 * Steers a call of the workspace that is on the line. Its room decides, once for each key of the actor: the same wish again
 * is answered as the first time, and a wish that somebody else had before is answered with who and when. The audit log is told
 * what was wished before the room is; what came of it is in the call's own log. Throws `not_found`
 * for a call that the record does not know, `invalid_request` for a phone that cannot be, `conflict` with a sentence where the
 * call does not stand so that it can be done, `unprocessable` for a key that came with another wish, `unavailable` when the
 * room does not answer.
 */
export async function steerCall(
  ctx: Context<WorkspaceActor>,
  rooms: CallRooms,
  callId: CallId,
  wish: SteerCall,
  idempotencyKey: string,
): Promise<Omit<SteerTaken, "byName">> {
  const { room, dialable } = await ctx.unitOfWork(async (tx) => {
    const call = await tx.calls.find(callId);
    const dialable = dialableWish(wish, call);
    await tx.audit.append({
      action: "call.steered",
      object: { kind: "call", id: callId },
      details: loggable(dialable),
    });
    return { room: call.room, dialable };
  });
  return rooms(room).steer({
    workspaceId: ctx.actor.workspaceId,
    by: actorName(ctx.actor),
    key: idempotencyKey,
    wish: dialable,
  });
}

/** What the audit log keeps of a wish. Keys that are sent into a call are PINs and card numbers: how many is all it may know. */
function loggable(wish: SteerCall): Record<string, unknown> {
  if (wish.action !== "send_dtmf") return wish;
  return { action: wish.action, digits: wish.digits.length };
}
