import type { TranscriptRepository } from "@earwitness/core";
import type { TranscriptId } from "@earwitness/shared";
import { and, asc, desc, eq, inArray, lt, notExists, type SQL } from "drizzle-orm";
import { ofVisibleCalls } from "../queries/visible-calls.ts";
import { requireRow } from "../require-row.ts";
import { jobs, transcripts, utterances } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/** Rows of one insert: each has nine values, and a statement takes 65,535 of them. */
const UTTERANCES_PER_INSERT = 1_000;

export function transcriptRepository(scope: Scope): TranscriptRepository {
  const { db, newId } = scope;
  const own = ofVisibleCalls(scope, transcripts);
  const byId = (id: TranscriptId) =>
    db
      .select()
      .from(transcripts)
      .where(and(eq(transcripts.id, id), own));
  const newest = async (of: SQL) => {
    const [transcript] = await db
      .select()
      .from(transcripts)
      .where(and(of, own))
      .orderBy(desc(transcripts.createdAt), desc(transcripts.version))
      .limit(1);
    return transcript ?? null;
  };

  return {
    async find(id) {
      return requireRow(await byId(id), "The transcript");
    },
    async lock(id) {
      return requireRow(await byId(id).for("update"), "The transcript");
    },
    ofRecording: (recordingId) => newest(eq(transcripts.recordingId, recordingId)),
    ofCall: (callId) => newest(eq(transcripts.callId, callId)),
    async add(transcript) {
      await db.insert(transcripts).values(transcript);
    },
    async save({ id, ...changes }) {
      await db
        .update(transcripts)
        .set(changes)
        .where(and(eq(transcripts.id, id), own));
    },
    async replaceUtterances({ id, workspaceId }, spoken) {
      await db
        .delete(utterances)
        .where(and(eq(utterances.transcriptId, id), inWorkspace(scope, utterances.workspaceId)));
      for (let start = 0; start < spoken.length; start += UTTERANCES_PER_INSERT) {
        await db.insert(utterances).values(
          spoken.slice(start, start + UTTERANCES_PER_INSERT).map(({ words, ...utterance }, i) => ({
            ...utterance,
            id: newId("utterance"),
            workspaceId,
            transcriptId: id,
            ordinal: start + i,
            words: [...words],
          })),
        );
      }
    },
    awaited({ submittedBefore, limit }) {
      const asking = db
        .select({ id: jobs.id })
        .from(jobs)
        .where(
          and(
            inArray(jobs.state, ["queued", "running"]),
            eq(jobs.kind, "transcript.collect"),
            eq(jobs.callId, transcripts.callId),
          ),
        );
      const isSilent = and(eq(transcripts.state, "transcribing"), lt(transcripts.submittedAt, submittedBefore));
      return db
        .select()
        .from(transcripts)
        .where(and(isSilent, notExists(asking), own))
        .orderBy(asc(transcripts.submittedAt))
        .limit(limit);
    },
  };
}
