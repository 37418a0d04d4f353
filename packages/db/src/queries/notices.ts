import { type CallId, type NoticeFlag, type NoticeId, type NoticeList, NoticeView } from "@earwitness/shared";
import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { inboundNotices } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { requireVisibleCall } from "./visible-calls.ts";

const Flag = NoticeView.shape.flag.catch(null);
/** So many are listed; a call of a day with a key pressed every other minute has fewer. */
const MAX_NOTICES = 1_000;

/** A place in the list of nobody's notices: newest first, then by id. */
export interface NoticesPosition {
  readonly receivedAt: Date;
  readonly id: NoticeId;
}

/** `next` is where the following page begins, null at the end. */
export interface NoticesPage {
  readonly notices: NoticeView[];
  readonly next: NoticesPosition | null;
}

/** The vendors' notices about a call, in the order in which they came. Throws `not_found` for a call that is not the actor's to see. */
export async function listNotices(scope: Scope, callId: CallId): Promise<NoticeList> {
  await requireVisibleCall(scope, callId);
  const rows = await selectNotices(scope)
    .where(eq(inboundNotices.callId, callId))
    .orderBy(asc(inboundNotices.receivedAt), asc(inboundNotices.id))
    .limit(MAX_NOTICES);
  return { notices: rows.map(toView) };
}

/** One page of the notices that are of no workspace, newest first, after `after`. Asked as the system: nobody else sees any. */
export async function listNobodysNotices(
  scope: Scope,
  options: { flag: NoticeFlag | undefined; after: NoticesPosition | null; limit: number },
): Promise<NoticesPage> {
  const { flag, after, limit } = options;
  const rows = await selectNotices(scope)
    .where(
      and(
        isNull(inboundNotices.workspaceId),
        flag && eq(inboundNotices.flag, flag),
        after === null
          ? undefined
          : sql`(${inboundNotices.receivedAt}, ${inboundNotices.id}) < (${after.receivedAt.toISOString()}::timestamptz, ${sql.param(after.id, inboundNotices.id)}::uuid)`,
      ),
    )
    .orderBy(desc(inboundNotices.receivedAt), desc(inboundNotices.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    notices: page.map(toView),
    next: rows.length > limit && last !== undefined ? { receivedAt: last.receivedAt, id: last.id } : null,
  };
}

function selectNotices({ db }: Scope) {
  const { id, vendor, eventId, eventType, receivedAt, applied, flag, repeats } = inboundNotices;
  return db
    .select({ id, vendor, eventId, eventType, receivedAt, applied, flag, repeats })
    .from(inboundNotices)
    .$dynamic();
}

function toView({
  receivedAt,
  applied,
  flag,
  ...notice
}: Awaited<ReturnType<typeof selectNotices>>[number]): NoticeView {
  return { ...notice, receivedAt: receivedAt.toISOString(), isApplied: applied, flag: Flag.parse(flag) };
}
