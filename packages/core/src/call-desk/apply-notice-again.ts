import type { CallId, NoticeAppliedAgain, NoticeId } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import type { CallRooms } from "./call-rooms.ts";

/**
 * Gives a call's room a vendor's notice again, byte for byte as it is kept. One that the room has understood before, or does not
 * understand now either, is counted and changes nothing; any other is applied as if it had just come. It is in the audit log, which is told before the room is. Throws `not_found`
 * for a notice that is not the call's, or not kept any more, and `unavailable` when the room does not answer.
 */
export async function applyNoticeAgain(
  ctx: Context<WorkspaceActor>,
  rooms: CallRooms,
  callId: CallId,
  noticeId: NoticeId,
): Promise<NoticeAppliedAgain> {
  const { room, notice } = await ctx.unitOfWork(async (tx) => {
    await tx.calls.find(callId);
    const found = await tx.notices.find(callId, noticeId);
    const { vendor, eventId, eventType } = found.notice;
    const object = { kind: "call", id: callId };
    await tx.audit.append({
      action: "notice.applied_again",
      object,
      details: { noticeId, vendor, eventId, eventType },
    });
    return found;
  });
  const { kept } = await rooms(room).deliver(notice);
  return { isKnown: !kept };
}
