import type { Failure, TranscriptId } from "@earwitness/shared";
import type { Repositories } from "../ports/repositories/index.ts";

/**
 * Says on a transcript why there is none. One that is ready stays so, and so does one that was taken away. That it may have been
 * submitted is still known, for whoever asks again.
 */
export async function failTranscript(tx: Repositories, transcriptId: TranscriptId, failure: Failure): Promise<void> {
  const { callId } = await tx.transcripts.find(transcriptId);
  await tx.calls.lock(callId);
  const transcript = await tx.transcripts.lock(transcriptId);
  if (["ready", "empty", "purged"].includes(transcript.state)) return;
  await tx.transcripts.save({ ...transcript, state: "failed", failure });
  await tx.calls.setTranscript(callId, { state: "failed" });
  await tx.outbox.tellCall(transcript.workspaceId, callId, "transcript");
}

/** The same where its request came to nothing. One that the vendor has all the same is awaited. */
export async function failTranscriptRequest(
  tx: Repositories,
  transcriptId: TranscriptId,
  failure: Failure,
): Promise<void> {
  const { callId } = await tx.transcripts.find(transcriptId);
  await tx.calls.lock(callId);
  const { state } = await tx.transcripts.lock(transcriptId);
  if (state !== "transcribing") await failTranscript(tx, transcriptId, failure);
}
