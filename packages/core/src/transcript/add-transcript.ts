import type { Context } from "../context.ts";
import type { Transcriber } from "../ports/index.ts";
import type { RecordingRecord, Repositories, TranscriptRecord } from "../ports/repositories/index.ts";

/**
 * Gives a stored recording its transcript within the transaction at hand, and asks for it by a job. It is version 1, or 2 where
 * the call has live captions, which it replaces. Audio in which
 * nobody can have spoken gets an empty one at once. A recording that has one keeps it.
 */
export async function addTranscript(
  ctx: Pick<Context, "newId" | "clock">,
  tx: Repositories,
  recording: RecordingRecord,
  transcriber: Pick<Transcriber, "name" | "capabilities">,
): Promise<void> {
  if ((await tx.transcripts.ofRecording(recording.id)) !== null) return;
  const now = ctx.clock.now();
  const isEmpty = (recording.durationMs ?? Number.POSITIVE_INFINITY) < transcriber.capabilities.minDurationMs;
  const hasCaptions = await tx.live.hasCaptions(recording.callId);
  const transcript: TranscriptRecord = {
    id: ctx.newId("transcript"),
    workspaceId: recording.workspaceId,
    callId: recording.callId,
    recordingId: recording.id,
    version: hasCaptions ? 2 : 1,
    state: isEmpty ? "empty" : "waiting",
    vendor: transcriber.name,
    vendorTranscriptionId: null,
    submittingSince: null,
    submissions: 0,
    language: null,
    confidence: null,
    wordCount: 0,
    createdAt: now,
    submittedAt: null,
    completedAt: isEmpty ? now : null,
    failure: null,
    comparison: null,
  };
  await tx.transcripts.add(transcript);
  await tx.calls.setTranscript(recording.callId, { state: transcript.state });
  if (!isEmpty) await requestByJob(tx, transcript, "first");
}

/** Puts the request on its way; `occasion` tells this wish from an earlier one for the same transcript. */
export function requestByJob(tx: Pick<Repositories, "jobs">, transcript: TranscriptRecord, occasion: string) {
  return tx.jobs.add({
    workspaceId: transcript.workspaceId,
    kind: "transcript.request",
    key: `transcript.request/${transcript.id}/${occasion}`,
    payload: { transcriptId: transcript.id },
    callId: transcript.callId,
  });
}
