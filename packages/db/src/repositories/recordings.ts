import type { RecordingRecord, RecordingRepository } from "@earwitness/core";
import { notFound, type RecordingId } from "@earwitness/shared";
import { and, asc, eq } from "drizzle-orm";
import { ofVisibleCalls } from "../queries/visible-calls.ts";
import { recordings } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function recordingRepository(scope: Scope): RecordingRepository {
  const { db } = scope;
  const own = ofVisibleCalls(scope, recordings);
  const byId = (id: RecordingId) =>
    db
      .select()
      .from(recordings)
      .where(and(eq(recordings.id, id), own));

  return {
    async find(id) {
      return found(await byId(id));
    },
    async lock(id) {
      return found(await byId(id).for("update"));
    },
    ofCall(callId) {
      return db
        .select()
        .from(recordings)
        .where(and(eq(recordings.callId, callId), own))
        .orderBy(asc(recordings.savedAt), asc(recordings.id));
    },
    async add(recording) {
      const added = await db
        .insert(recordings)
        .values(recording)
        .onConflictDoNothing()
        .returning({ id: recordings.id });
      return added.length > 0;
    },
    async save({ id, ...changes }) {
      await db
        .update(recordings)
        .set(changes)
        .where(and(eq(recordings.id, id), own));
    },
  };
}

function found(rows: RecordingRecord[]): RecordingRecord {
  const [recording] = rows;
  if (recording === undefined) throw notFound("The recording");
  return recording;
}
