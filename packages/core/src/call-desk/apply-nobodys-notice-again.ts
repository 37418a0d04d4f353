import type { NoticeAppliedAgain, NoticeId, NoticeMessage, RawNotice } from "@earwitness/shared";
import type { Context, SystemActor, WorkspaceActor } from "../context.ts";
import type { CallRooms } from "./call-rooms.ts";

/** Reads once more a notice that its door could not read: as what it goes to which room; null where it still cannot be read. */
export type SortNotice = (notice: RawNotice) => NoticeMessage | null;

/**
 * Gives a vendor's notice that is of no workspace to its room again, byte for byte as it is kept. One that could not be read when it came
 * is read once more and goes to its call; that it went there is noted with it, once it has. It is in the audit log, which is told before.
 * Throws `not_found` for a notice that is of a workspace, or not kept any more, and `unavailable` when the room does not answer.
 */
export async function applyNobodysNoticeAgain(
  ctx: Context<WorkspaceActor>,
  system: Context<SystemActor>,
  { rooms, sort }: { readonly rooms: CallRooms; readonly sort: SortNotice },
  noticeId: NoticeId,
): Promise<NoticeAppliedAgain> {
  const found = await system.unitOfWork((tx) => tx.notices.findOfNobody(noticeId));
  const sorted = found.notice.verdict === "unreadable" ? sort(found.notice) : null;
  const { room, notice } = sorted ?? found;
  const { vendor, eventId, eventType } = notice;
  const object = { kind: "notice", id: noticeId };
  const details = { noticeId, vendor, eventId, eventType };
  await ctx.unitOfWork((tx) => tx.audit.append({ action: "notice.applied_again", object, details }));
  const { kept } = await rooms(room).deliver(notice);
  if (sorted !== null) await system.unitOfWork((tx) => tx.notices.markSorted(noticeId));
  return { isKnown: !kept };
}
