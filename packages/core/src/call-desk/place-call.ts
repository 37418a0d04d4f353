import type { CallId, PlaceCall } from "@earwitness/shared";
import { roomNameOfCall } from "../call/room-door.ts";
import type { Context, WorkspaceActor } from "../context.ts";
import { routingSnapshotOf } from "../workspace/routing-snapshot-of.ts";
import { actorName } from "./actor-name.ts";
import type { CallRooms } from "./call-rooms.ts";
import { callIdOfKey } from "./idempotent-call.ts";
import { phoneToRing } from "./phone-number.ts";

/**
 * Rings a phone from one of the workspace's numbers. When it resolves, the call's room has the wish in its log and will see to
 * it, whatever fails here. With an idempotency key of the actor's the same wish again is the same call: the id is kept with the key
 * before the room is asked, and the room begins a call once. Throws `not_found` for a number that is not the workspace's,
 * `invalid_request` for a phone that cannot be, `unprocessable` for a key that came with another wish, `unavailable` when the
 * room does not answer.
 */
export async function placeCall(
  ctx: Context<WorkspaceActor>,
  rooms: CallRooms,
  wish: PlaceCall,
  idempotencyKey: string | null,
): Promise<{ callId: CallId }> {
  const { number, workspace, to, callId } = await ctx.unitOfWork(async (tx) => {
    const number = await tx.numbers.find(wish.from);
    const to = phoneToRing(wish.to, number.e164);
    const { callId, isNew } =
      idempotencyKey === null
        ? { callId: ctx.newId("call"), isNew: true }
        : await callIdOfKey(ctx, tx, `${actorName(ctx.actor)} ${idempotencyKey}`, wish);
    const workspace = await tx.workspaces.find(number.workspaceId);
    if (isNew) {
      const object = { kind: "call", id: callId };
      await tx.audit.append({ action: "call.placed", object, details: { numberId: number.id, to } });
    }
    return { number, workspace, to, callId };
  });
  await rooms(roomNameOfCall(callId)).placeCall({
    callId,
    workspaceId: ctx.actor.workspaceId,
    numberId: number.id,
    from: number.e164,
    to,
    placedBy: actorName(ctx.actor),
    detectMachine: wish.detectMachine,
    snapshot: routingSnapshotOf(number, workspace),
  });
  return { callId };
}
