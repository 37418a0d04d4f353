import { type OutboxEffect, type OutboxRepository, type OutboxRow, QueueName } from "@earwitness/core";
import { JobId, LiveNews, NumberId, type WorkspaceId } from "@earwitness/shared";
import { and, asc, eq, inArray, isNotNull, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { calls, outbox } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { amongPicked } from "./among-picked.ts";

/** A row's kind and payload, as the effect that they stand for. */
const Effect = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("job"), payload: z.object({ jobId: JobId, queue: QueueName }) }),
  z.object({ kind: z.literal("live"), payload: LiveNews }),
  z.object({ kind: z.literal("routing"), payload: z.object({ numberId: NumberId }) }),
  z.object({ kind: z.enum(["session_closed", "session_renewed"]), payload: z.object({ sessionId: z.string() }) }),
]);

export function outboxRepository({ db, clock, newId }: Scope): OutboxRepository {
  async function add(workspaceId: WorkspaceId, kind: OutboxEffect["kind"], payload: Record<string, string | null>) {
    await db.insert(outbox).values({ id: newId("outbox"), workspaceId, kind, payload, nextAttemptAt: clock.now() });
  }

  return {
    async tellCall(workspaceId, callId, entity = "call") {
      // What lies in the trash goes on by itself, and nobody is to hear of it.
      const [trashed] = await db
        .select({ id: calls.id })
        .from(calls)
        .where(and(eq(calls.id, callId), isNotNull(calls.deletedAt)));
      if (trashed === undefined) await add(workspaceId, "live", { entity, callId });
    },
    tellJob: (workspaceId) => add(workspaceId, "live", { entity: "job", callId: null }),
    tellNumbers: (workspaceId) => add(workspaceId, "live", { entity: "number", callId: null }),
    tellWorkspace: (workspaceId, entity = "workspace") => add(workspaceId, "live", { entity, callId: null }),
    closeSession: (workspaceId, sessionId) => add(workspaceId, "session_closed", { sessionId }),
    renewSession: (workspaceId, sessionId) => add(workspaceId, "session_renewed", { sessionId }),
    publishNumber: (workspaceId, numberId) => add(workspaceId, "routing", { numberId }),

    async claim({ now, hiddenUntil, limit }) {
      const isDue = lte(outbox.nextAttemptAt, now);
      const firsts = await db
        .select({ id: outbox.id, callId: callId.mapWith(String) })
        .from(outbox)
        .where(and(isDue, sql`not ${hasOlder(sql`true`)}`))
        .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
        .limit(limit)
        .for("update", { skipLocked: true });
      if (firsts.length === 0) return [];
      const ids = firsts.map(({ id }) => id);
      // Whoever has the oldest news of a call has its younger ones to themselves: this statement sees all that came before it.
      const callIds = firsts.flatMap(({ callId }) => callId ?? []);
      const younger = db
        .select({ id: outbox.id })
        .from(outbox)
        .where(
          and(
            sql`${outbox.kind} = 'live'`,
            inArray(callId, callIds),
            notInArray(outbox.id, ids),
            isDue,
            sql`not ${hasOlder(sql`${older.nextAttemptAt} > ${now.toISOString()}::timestamptz`)}`,
          ),
        )
        .orderBy(asc(outbox.id))
        .limit(limit - firsts.length)
        .for("update", { skipLocked: true });
      const rows = await db
        .update(outbox)
        .set({ attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: hiddenUntil })
        .where(or(inArray(outbox.id, ids), callIds.length === 0 ? undefined : amongPicked(outbox.id, younger)))
        .returning();
      return rows
        .map((row): OutboxRow => {
          const parsed = Effect.safeParse(row);
          return { ...row, effect: parsed.success ? effectOf(parsed.data) : null };
        })
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async remove(ids) {
      if (ids.length > 0) await db.delete(outbox).where(inArray(outbox.id, [...ids]));
    },
    async nextDue() {
      const [next] = await db
        .select({ at: outbox.nextAttemptAt })
        .from(outbox)
        .orderBy(asc(outbox.nextAttemptAt))
        .limit(1);
      return next?.at ?? null;
    },
    async postpone(ids, until, error) {
      if (ids.length === 0) return;
      await db
        .update(outbox)
        .set({ nextAttemptAt: until, lastError: error })
        .where(inArray(outbox.id, [...ids]));
    },
  };
}

function effectOf(parsed: z.infer<typeof Effect>): OutboxEffect {
  switch (parsed.kind) {
    case "job":
      return { kind: "job", ...parsed.payload };
    case "live":
      return { kind: "live", news: parsed.payload };
    case "routing":
      return { kind: "routing", ...parsed.payload };
    case "session_closed":
    case "session_renewed":
      return { kind: parsed.kind, ...parsed.payload };
  }
}

const older = alias(outbox, "older");
/** The call that a row has news of; null where it is of none. */
const callId = sql`(${outbox.payload} ->> 'callId')`;

/**
 * That an older row, of those that are `which`, has news of the same call. The news of one call goes to one room, which numbers it as
 * it comes. A row that somebody has in hand is still there, so that only the first of a call is ever claimed by itself: what is in
 * another's uncommitted claim cannot be told by its time.
 */
function hasOlder(which: SQL): SQL {
  return sql`exists (
    select from ${outbox} as ${sql.identifier("older")}
    where ${older.kind} = 'live' and ${outbox.kind} = 'live'
      and ${older.payload} ->> 'callId' = ${outbox.payload} ->> 'callId'
      and ${older.id} < ${outbox.id}
      and ${which}
  )`;
}
