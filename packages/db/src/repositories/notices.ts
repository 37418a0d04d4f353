import type { NoticeRepository } from "@earwitness/core";
import { notFound, type RawNotice } from "@earwitness/shared";
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { ofVisibleCalls } from "../queries/visible-calls.ts";
import { callFacts, inboundNotices } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function noticeRepository(scope: Scope): NoticeRepository {
  const { db, newId } = scope;

  /** As its room kept it, the last time where that was more than once. */
  async function asKept(which: SQL | undefined): Promise<{ room: string; notice: RawNotice }> {
    const { room, vendor, eventId } = inboundNotices;
    const [found] = await db
      .select({ room, fact: callFacts.fact })
      .from(inboundNotices)
      .innerJoin(callFacts, and(eq(callFacts.room, room), eq(callFacts.type, "notice.kept")))
      .where(
        and(
          which,
          sql`${callFacts.fact} -> 'notice' ->> 'vendor' = ${vendor}`,
          sql`${callFacts.fact} -> 'notice' ->> 'eventId' = ${eventId}`,
        ),
      )
      .orderBy(desc(callFacts.n))
      .limit(1);
    if (found?.fact.type !== "notice.kept") throw notFound("The notice");
    return { room: found.room, notice: found.fact.notice };
  }

  return {
    async unknown(vendor, notices) {
      if (notices.length === 0) return new Set();
      const eventIds = notices.map(({ eventId }) => eventId);
      const known = await db
        .select({ room: inboundNotices.room, eventId: inboundNotices.eventId })
        .from(inboundNotices)
        .where(
          and(
            // By room and event, as the index has them.
            inArray(
              inboundNotices.room,
              notices.map(({ room }) => room),
            ),
            eq(inboundNotices.vendor, vendor),
            inArray(inboundNotices.eventId, eventIds),
          ),
        );
      const found = new Set(known.map(({ eventId }) => eventId));
      return new Set(eventIds.filter((eventId) => !found.has(eventId)));
    },
    async keep({ room, workspaceId, callId, applied, flag, notice }) {
      const told = { workspaceId, callId, applied, flag, body: notice.body };
      await db
        .insert(inboundNotices)
        .values({
          id: newId("notice"),
          ...told,
          room,
          vendor: notice.vendor,
          eventId: notice.eventId,
          eventType: notice.eventType,
          receivedAt: new Date(notice.receivedAt),
        })
        .onConflictDoUpdate({
          target: [inboundNotices.room, inboundNotices.vendor, inboundNotices.eventId],
          set: { ...told, repeats: sql`${inboundNotices.repeats} + 1` },
        });
    },
    async markSorted(id) {
      await db.update(inboundNotices).set({ flag: "sorted" }).where(eq(inboundNotices.id, id));
    },
    async countRepeat(room, eventId) {
      await db
        .update(inboundNotices)
        .set({ repeats: sql`${inboundNotices.repeats} + 1` })
        .where(and(eq(inboundNotices.room, room), eq(inboundNotices.eventId, eventId)));
    },
    find(callId, id) {
      return asKept(
        and(eq(inboundNotices.id, id), eq(inboundNotices.callId, callId), ofVisibleCalls(scope, inboundNotices)),
      );
    },
    findOfNobody(id) {
      return asKept(and(eq(inboundNotices.id, id), isNull(inboundNotices.workspaceId)));
    },
    ofRoom(room) {
      return db
        .select({
          vendor: inboundNotices.vendor,
          eventId: inboundNotices.eventId,
          eventType: inboundNotices.eventType,
          receivedAt: inboundNotices.receivedAt,
          body: inboundNotices.body,
          applied: inboundNotices.applied,
          flag: inboundNotices.flag,
          repeats: inboundNotices.repeats,
        })
        .from(inboundNotices)
        .where(eq(inboundNotices.room, room))
        .orderBy(asc(inboundNotices.receivedAt), asc(inboundNotices.id));
    },
  };
}
