import { type CallId, notFound, type TranscriptView, type UtteranceView } from "@earwitness/shared";
import { and, asc, desc, eq } from "drizzle-orm";
import { calls, captions, recordings, transcripts, utterances } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";
import { ofVisibleCalls } from "./visible-calls.ts";

/** Which of a call's transcripts: as captioned while it was spoken, or the exact one. */
export type TranscriptKind = TranscriptView["kind"];

/**
 * A call's transcript with every word of it: the exact one once it is ready, until then what was captioned live. A `kind` asks
 * for the one or the other. Throws `not_found` when there is none (yet), or the call is not the workspace's.
 */
export async function readTranscript(scope: Scope, callId: CallId, kind?: TranscriptKind): Promise<TranscriptView> {
  const exact = kind === "live" ? null : await readExact(scope, callId);
  if (exact?.state === "ready" || (exact !== null && kind === "exact")) return exact;
  const live = kind === "exact" ? null : await readLive(scope, callId);
  const found = live ?? exact;
  if (found === null) throw notFound("The transcript");
  return found;
}

async function readExact(scope: Scope, callId: CallId): Promise<TranscriptView | null> {
  const [found] = await scope.db
    .select({ transcript: transcripts, callerChannel: recordings.callerChannel, channels: recordings.channels })
    .from(transcripts)
    .innerJoin(recordings, eq(recordings.id, transcripts.recordingId))
    .where(and(eq(transcripts.callId, callId), ofVisibleCalls(scope, transcripts)))
    // A file that comes later takes nothing away before its words are there, if ever they are.
    .orderBy(desc(eq(transcripts.state, "ready")), desc(transcripts.createdAt), desc(transcripts.version))
    .limit(1);
  if (found === undefined) return null;
  const { transcript } = found;
  const spoken = await scope.db
    .select()
    .from(utterances)
    .where(eq(utterances.transcriptId, transcript.id))
    .orderBy(asc(utterances.ordinal));
  return {
    id: transcript.id,
    callId: transcript.callId,
    recordingId: transcript.recordingId,
    kind: "exact",
    positionsFrom: "recording",
    comparison: transcript.comparison,
    version: transcript.version,
    state: transcript.state,
    language: transcript.language,
    confidence: transcript.confidence,
    wordCount: transcript.wordCount,
    createdAt: transcript.createdAt.toISOString(),
    completedAt: instant(transcript.completedAt),
    failure: transcript.failure,
    utterances: spoken.map((utterance) => ({
      id: utterance.id,
      speaker: utterance.speaker,
      party: partyOf(utterance.channel, found),
      channel: utterance.channel,
      startMs: utterance.startMs,
      endMs: utterance.endMs,
      confidence: utterance.confidence,
      text: utterance.text,
      words: utterance.words,
    })),
  };
}

/** The live captions in the form of a transcript: version 1 of it. null for a call that had none. */
async function readLive(scope: Scope, callId: CallId): Promise<TranscriptView | null> {
  const rows = await scope.db
    .select({ caption: captions, answeredAt: calls.answeredAt, startedAt: calls.startedAt, endedAt: calls.liveEndedAt })
    .from(captions)
    .innerJoin(calls, eq(calls.id, captions.callId))
    .where(and(eq(captions.callId, callId), ofVisibleCalls(scope, captions)))
    .orderBy(asc(captions.startMs), asc(captions.captionId));
  const [first] = rows;
  if (first === undefined) return null;
  const words = rows.flatMap(({ caption }) => caption.words);
  return {
    id: null,
    callId,
    recordingId: null,
    kind: "live",
    positionsFrom: "answer",
    comparison: null,
    version: 1,
    state: first.endedAt === null ? "transcribing" : "ready",
    language: rows.find(({ caption }) => caption.language !== null)?.caption.language ?? null,
    confidence: mean(words.map(({ confidence }) => confidence)),
    wordCount: words.length,
    createdAt: (first.answeredAt ?? first.startedAt).toISOString(),
    completedAt: instant(first.endedAt),
    failure: null,
    utterances: rows.map(
      ({ caption }): UtteranceView => ({
        id: caption.captionId,
        speaker: caption.channel,
        party: caption.channel,
        channel: caption.channel === "caller" ? 1 : 2,
        startMs: caption.startMs,
        endMs: caption.endMs,
        confidence: mean(caption.words.map(({ confidence }) => confidence)) ?? 0,
        text: caption.text,
        words: caption.words.map(({ text, startMs, endMs, confidence }) => ({ text, startMs, endMs, confidence })),
      }),
    ),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Who speaks is known from the channel, where there is one for each party. */
export function partyOf(
  channel: number | null,
  audio: { channels: number; callerChannel: number },
): UtteranceView["party"] {
  if (channel === null || audio.channels < 2) return "unknown";
  return channel === audio.callerChannel ? "caller" : "agent";
}
