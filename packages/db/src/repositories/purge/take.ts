import type { CallId } from "@earwitness/shared";
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import {
  callFacts,
  callLegs,
  callMembers,
  callNotes,
  calls,
  captions,
  importRows,
  inboundNotices,
  recordings,
  transcripts,
  uploads,
  utterances,
} from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

type Db = Scope["db"];

/** A fact without what it told. Nobody can read it as one any more; that there was one stays, so that none counts as lost. */
const NOTHING_TOLD = sql`'{}'::jsonb`;

/** Says of a call's recordings that they were taken away. Their lengths and checksums stay, as the receipt of what there was. */
export async function takeAudio(db: Db, id: CallId, at: Date): Promise<void> {
  await db
    .update(recordings)
    .set({ state: "purged", purgedAt: at, carrierUrl: null })
    .where(and(eq(recordings.callId, id), ne(recordings.state, "purged")));
  await db.update(calls).set({ recordingState: "purged" }).where(eq(calls.id, id));
}

/** Deletes every word of a call: exact, live, in its log, and what the list shows of them. */
export async function takeWords(db: Db, id: CallId, at: Date): Promise<void> {
  const ofCall = db.select({ id: transcripts.id }).from(transcripts).where(eq(transcripts.callId, id));
  await db.delete(utterances).where(inArray(utterances.transcriptId, ofCall));
  await db
    .update(transcripts)
    .set({ state: "purged", purgedAt: at, failure: null })
    .where(and(eq(transcripts.callId, id), ne(transcripts.state, "purged")));
  await db.delete(captions).where(eq(captions.callId, id));
  await db
    .update(callFacts)
    .set({ fact: NOTHING_TOLD })
    .where(and(eq(callFacts.callId, id), eq(callFacts.type, "caption.settled")));
  await db.update(calls).set({ transcriptState: "purged", firstLine: null, lastCaption: null }).where(eq(calls.id, id));
}

/** Leaves of a call that there was one, when, for how long and on which of our numbers: nothing of who called or what was noted. */
export async function takeCall(db: Db, id: CallId, at: Date): Promise<void> {
  await db.delete(callNotes).where(eq(callNotes.callId, id));
  await db.delete(callLegs).where(eq(callLegs.callId, id));
  await db.delete(callMembers).where(eq(callMembers.callId, id));
  // Its pictures' rows go when their objects are gone; what was said of them goes now.
  await db.update(uploads).set({ metadata: null }).where(eq(uploads.callId, id));
  await db.update(importRows).set({ fileKey: "", details: null }).where(eq(importRows.callId, id));
  await db.update(inboundNotices).set({ body: "" }).where(eq(inboundNotices.callId, id));
  await db.update(callFacts).set({ fact: NOTHING_TOLD }).where(eq(callFacts.callId, id));
  await db
    .update(calls)
    .set({
      fromAddress: "",
      toAddress: "",
      placedBy: null,
      carrierSessionId: null,
      carrierCause: null,
      notRecordedReason: null,
      purgedAt: at,
      deletedAt: sql`coalesce(${calls.deletedAt}, ${at.toISOString()}::timestamptz)`,
    })
    .where(eq(calls.id, id));
}
