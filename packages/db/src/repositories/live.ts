import type { LiveRepository } from "@earwitness/core";
import { and, asc, eq, isNull } from "drizzle-orm";
import { ofVisibleCalls } from "../queries/visible-calls.ts";
import { callGaps, captions, recordingChunks, recordingPauses } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function liveRepository(scope: Scope): LiveRepository {
  const { db } = scope;
  return {
    async addCaption({ words, ...caption }) {
      await db
        .insert(captions)
        .values({ ...caption, words: [...words] })
        .onConflictDoNothing();
    },
    async addChunk({ held, ...chunk }) {
      await db
        .insert(recordingChunks)
        .values({ ...chunk, held: [...held] })
        .onConflictDoNothing();
    },
    async addGap(gap) {
      await db.insert(callGaps).values(gap).onConflictDoNothing();
    },
    async addPause(pause) {
      await db.insert(recordingPauses).values(pause).onConflictDoNothing();
    },
    async endPause(callId, end) {
      await db
        .update(recordingPauses)
        .set(end)
        .where(
          and(
            eq(recordingPauses.callId, callId),
            isNull(recordingPauses.endedAt),
            ofVisibleCalls(scope, recordingPauses),
          ),
        );
    },
    async hasCaptions(callId) {
      const [first] = await db
        .select({ id: captions.captionId })
        .from(captions)
        .where(and(eq(captions.callId, callId), ofVisibleCalls(scope, captions)))
        .limit(1);
      return first !== undefined;
    },
    captionsOf(callId) {
      return db
        .select()
        .from(captions)
        .where(and(eq(captions.callId, callId), ofVisibleCalls(scope, captions)))
        .orderBy(asc(captions.startMs), asc(captions.captionId));
    },
    chunksOf(callId) {
      return db
        .select()
        .from(recordingChunks)
        .where(and(eq(recordingChunks.callId, callId), ofVisibleCalls(scope, recordingChunks)))
        .orderBy(asc(recordingChunks.chunk));
    },
    gapsOf(callId) {
      return db
        .select()
        .from(callGaps)
        .where(and(eq(callGaps.callId, callId), ofVisibleCalls(scope, callGaps)))
        .orderBy(asc(callGaps.startMs), asc(callGaps.n));
    },
    pausesOf(callId) {
      return db
        .select()
        .from(recordingPauses)
        .where(and(eq(recordingPauses.callId, callId), ofVisibleCalls(scope, recordingPauses)))
        .orderBy(asc(recordingPauses.n));
    },
  };
}
