import { type PurgeRepository, peaksKey, type RetentionPosition, recordingKey } from "@earwitness/core";
import type { CallId } from "@earwitness/shared";
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, not, or, type SQL, sql } from "drizzle-orm";
import { isHeld } from "../queries/held.ts";
import { stillHas } from "../queries/still-has.ts";
import { calls, numbers, recordingChunks, recordings, uploads, workspaces } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { takeAudio, takeCall, takeWords } from "./purge/take.ts";

export function purgeRepository(scope: Scope): PurgeRepository {
  const { db } = scope;
  return {
    rules(after, limit) {
      return db
        .select({ workspaceId: workspaces.id, rules: workspaces.retention })
        .from(workspaces)
        .where(and(ne(workspaces.retention, {}), after === null ? undefined : gt(workspaces.id, after)))
        .orderBy(asc(workspaces.id))
        .limit(limit);
    },
    due(kind, { workspaceId, startedBefore, after, limit }) {
      return db
        .select({ id: calls.id, startedAt: calls.startedAt })
        .from(calls)
        .where(
          and(
            eq(calls.workspaceId, workspaceId),
            eq(calls.state, "ended"),
            lt(calls.startedAt, startedBefore),
            stillHas(kind),
            not(isHeld(scope)),
            after === null ? undefined : past(after),
          ),
        )
        .orderBy(asc(calls.startedAt), asc(calls.id))
        .limit(limit);
    },
    async has(kind, id) {
      const [found] = await db
        .select({ id: calls.id })
        .from(calls)
        .where(and(eq(calls.id, id), stillHas(kind)));
      return found !== undefined;
    },
    async take(call, purge) {
      const at = new Date(purge.at);
      if (purge.kind !== "transcripts") await takeAudio(db, call.id, at);
      if (purge.kind !== "recordings") await takeWords(db, call.id, at);
      if (purge.kind === "calls") await takeCall(db, call.id, at);
      await db
        .update(calls)
        .set({ purges: sql`${calls.purges} || ${JSON.stringify([purge])}::jsonb`, updatedAt: at })
        .where(eq(calls.id, call.id));
    },
    async objectsOf(id) {
      const audio = await db
        .select()
        .from(recordings)
        .where(and(eq(recordings.callId, id), eq(recordings.state, "purged")));
      const pieces = await db
        .select({ key: recordingChunks.r2Key })
        .from(recordingChunks)
        .innerJoin(calls, eq(calls.id, recordingChunks.callId))
        .where(and(eq(recordingChunks.callId, id), ne(recordingChunks.r2Key, ""), isWithoutAudio()));
      const pictures = await db
        .select({ key: uploads.r2Key })
        .from(uploads)
        .innerJoin(calls, eq(calls.id, uploads.callId))
        .where(and(eq(uploads.callId, id), eq(uploads.kind, "screenshot"), isNotNull(calls.purgedAt)));
      const named = audio.flatMap((each) => [each.r2Key, each.peaksKey, recordingKey(each), peaksKey(each)]);
      const keys = [...named, ...[...pieces, ...pictures].map(({ key }) => key)];
      return [...new Set(keys.filter((key) => key !== null))];
    },
    async forgetObjects(id, keys) {
      const gone = [...keys];
      await db
        .update(recordings)
        .set({ r2Key: null, peaksKey: null })
        .where(and(eq(recordings.callId, id), eq(recordings.state, "purged")));
      await db
        .update(recordingChunks)
        .set({ r2Key: "" })
        .where(and(eq(recordingChunks.callId, id), inArray(recordingChunks.r2Key, gone)));
      const purged = db
        .select({ id: calls.id })
        .from(calls)
        .where(and(eq(calls.id, id), isNotNull(calls.purgedAt)));
      await db.delete(uploads).where(and(inArray(uploads.callId, purged), inArray(uploads.r2Key, gone)));
    },
    carrierCopies({ storedBefore, limit }) {
      const isAskedFor = or(eq(recordings.state, "purged"), eq(numbers.deleteCarrierCopy, true));
      return db
        .select({ recordingId: recordings.id, workspaceId: recordings.workspaceId })
        .from(recordings)
        .innerJoin(calls, eq(calls.id, recordings.callId))
        .leftJoin(numbers, eq(numbers.id, calls.numberId))
        .where(
          and(
            inArray(recordings.state, ["stored", "purged"]),
            eq(recordings.source, "carrier"),
            isNull(recordings.carrierDeletedAt),
            lt(recordings.storedAt, storedBefore),
            isAskedFor,
            not(isHeld(scope)),
          ),
        )
        .orderBy(asc(recordings.storedAt))
        .limit(limit);
    },
  };
}

/** A row comparison, which walks the index from the place on. */
function past({ startedAt, id }: RetentionPosition): SQL {
  const idParameter = sql.param(id satisfies CallId, calls.id);
  return sql`(${calls.startedAt}, ${calls.id}) > (${startedAt.toISOString()}::timestamptz, ${idParameter}::uuid)`;
}

/** That the sound of a call was taken away, with its pieces. */
function isWithoutAudio(): SQL | undefined {
  return or(isNotNull(calls.purgedAt), sql`${calls.purges} @> '[{"kind":"recordings"}]'::jsonb`);
}
