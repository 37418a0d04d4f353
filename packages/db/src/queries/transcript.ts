import { type CallId, notFound, type TranscriptView, type UtteranceView } from "@earwitness/shared";
import { and, asc, desc, eq } from "drizzle-orm";
import { recordings, transcripts, utterances } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";

/**
 * The newest transcript of a call with every word of it. Throws `not_found` when there is none (yet), or the call is not the
 * workspace's.
 */
export async function readTranscript(scope: Scope, callId: CallId): Promise<TranscriptView> {
  const [found] = await scope.db
    .select({ transcript: transcripts, callerChannel: recordings.callerChannel, channels: recordings.channels })
    .from(transcripts)
    .innerJoin(recordings, eq(recordings.id, transcripts.recordingId))
    .where(and(eq(transcripts.callId, callId), inWorkspace(scope, transcripts.workspaceId)))
    .orderBy(desc(transcripts.createdAt), desc(transcripts.version))
    .limit(1);
  if (found === undefined) throw notFound("The transcript");
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

/** Who speaks is known from the channel, where there is one for each party. */
function partyOf(channel: number | null, audio: { channels: number; callerChannel: number }): UtteranceView["party"] {
  if (channel === null || audio.channels < 2) return "unknown";
  return channel === audio.callerChannel ? "caller" : "agent";
}
