import type { RecordingRepository } from "@earwitness/core";
import type { RecordingId } from "@earwitness/shared";
import { and, asc, eq } from "drizzle-orm";
import { ofVisibleCalls } from "../queries/visible-calls.ts";
import { requireRow } from "../require-row.ts";
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
      return requireRow(await byId(id), "The recording");
    },
    async lock(id) {
      return requireRow(await byId(id).for("update"), "The recording");
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
