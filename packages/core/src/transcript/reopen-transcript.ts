import type { TranscriptId } from "@earwitness/shared";
import type { Repositories, TranscriptRecord } from "../ports/repositories/index.ts";

/**
 * Takes back how a transcript ended: it is to be asked for anew. Where a submission may have got lost, the vendor is asked for that
 * one first.
 */
export async function reopenTranscript(
  tx: Pick<Repositories, "transcripts" | "calls" | "outbox">,
  transcript: TranscriptRecord,
): Promise<void> {
  await tx.transcripts.save({
    ...transcript,
    state: "waiting",
    submissions: 0,
    submittedAt: null,
    completedAt: null,
    failure: null,
  });
  await tx.calls.setTranscript(transcript.callId, { state: "waiting" });
  await tx.outbox.tellCall(transcript.workspaceId, transcript.callId, "transcript");
}

/** The same where its request is run again: one that has not failed is left alone. */
export async function requestTranscriptAgain(tx: Repositories, transcriptId: TranscriptId): Promise<void> {
  const { callId } = await tx.transcripts.find(transcriptId);
  await tx.calls.lock(callId);
  const transcript = await tx.transcripts.lock(transcriptId);
  if (transcript.state === "failed") await reopenTranscript(tx, transcript);
}

/**
 * Where the vendor is to be asked again what became of a transcription: one that failed is awaited again. Left alone where another
 * transcription has taken its place.
 */
export async function awaitTranscriptAgain(
  tx: Repositories,
  transcriptId: TranscriptId,
  vendorTranscriptionId: string,
): Promise<void> {
  const { callId } = await tx.transcripts.find(transcriptId);
  await tx.calls.lock(callId);
  const transcript = await tx.transcripts.lock(transcriptId);
  if (transcript.state !== "failed" || transcript.vendorTranscriptionId !== vendorTranscriptionId) return;
  await tx.transcripts.save({ ...transcript, state: "transcribing", failure: null });
  await tx.calls.setTranscript(callId, { state: "transcribing" });
  await tx.outbox.tellCall(transcript.workspaceId, callId, "transcript");
}
