import { type CallId, type NoticeList, NoticeView } from "@earwitness/shared";
import { asc, eq } from "drizzle-orm";
import { inboundNotices } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { requireVisibleCall } from "./visible-calls.ts";

const Flag = NoticeView.shape.flag.catch(null);
/** So many are listed; a call of a day with a key pressed every other minute has fewer. */
const MAX_NOTICES = 1_000;

/** The vendors' notices about a call, in the order in which they came. Throws `not_found` for a call that is not the actor's to see. */
export async function listNotices(scope: Scope, callId: CallId): Promise<NoticeList> {
  const { db } = scope;
  const { id, vendor, eventId, eventType, receivedAt, applied, flag, repeats } = inboundNotices;
  await requireVisibleCall(scope, callId);
  const notices = await db
    .select({ id, vendor, eventId, eventType, receivedAt, applied, flag, repeats })
    .from(inboundNotices)
    .where(eq(inboundNotices.callId, callId))
    .orderBy(asc(inboundNotices.receivedAt), asc(inboundNotices.id))
    .limit(MAX_NOTICES);
  return {
    notices: notices.map(({ receivedAt, applied, flag, ...notice }) => ({
      ...notice,
      receivedAt: receivedAt.toISOString(),
      isApplied: applied,
      flag: Flag.parse(flag),
    })),
  };
}
