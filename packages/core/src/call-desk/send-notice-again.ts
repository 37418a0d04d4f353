import type { NoticeId, NoticeMessage, NoticeSentAgain } from "@earwitness/shared";
import type { Context, SystemActor, WorkspaceActor } from "../context.ts";

/** Puts a notice on its way to a room; whoever takes it up looks first where it belongs. */
export type SendNotice = (message: NoticeMessage) => Promise<void>;

/**
 * Sends a vendor's notice that is of no workspace to its room again, byte for byte as it is kept: one that could not be read is read once
 * more, and goes to its call. What a room has heard is counted and changes nothing. It is in the audit log, which is told before. Throws
 * `not_found` for a notice that is of a workspace, or not kept any more.
 */
export async function sendNoticeAgain(
  ctx: Context<WorkspaceActor>,
  system: Context<SystemActor>,
  send: SendNotice,
  noticeId: NoticeId,
): Promise<NoticeSentAgain> {
  const message = await system.unitOfWork((tx) => tx.notices.findOfNobody(noticeId));
  const { vendor, eventId, eventType } = message.notice;
  const object = { kind: "notice", id: noticeId };
  const details = { noticeId, vendor, eventId, eventType };
  await ctx.unitOfWork((tx) => tx.audit.append({ action: "notice.applied_again", object, details }));
  await send(message);
  return { noticeId };
}
