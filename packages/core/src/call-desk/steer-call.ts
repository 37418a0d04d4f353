import type { CallId, SteerCall, SteerTaken } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { actorName } from "./actor-name.ts";
import type { CallRooms } from "./call-rooms.ts";
import { dialableWish } from "./dialable-wish.ts";

/**
 * Steers a call of the workspace that is on the line. Its room decides, once for each key of the actor: the same wish again
 * is answered as the first time, and a wish that somebody else had before is answered with who and when. Throws `not_found`
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
  const call = await ctx.unitOfWork((tx) => tx.calls.find(callId));
  return rooms(call.room).steer({
    workspaceId: ctx.actor.workspaceId,
    by: actorName(ctx.actor),
    key: idempotencyKey,
    wish: dialableWish(wish, call),
  });
}
