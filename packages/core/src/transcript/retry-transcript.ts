import { type CallId, EarwitnessError, type JobId, notFound } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { requestByJob } from "./add-transcript.ts";
import { reopenTranscript } from "./reopen-transcript.ts";

/**
 * Asks again for a transcript that failed, or that came back empty. Throws `not_found` for a call without a transcript, and
 * `conflict` for one that is ready or under way, and where the audio is no more.
 */
export async function retryTranscript(ctx: Context<WorkspaceActor>, callId: CallId): Promise<JobId> {
  return ctx.unitOfWork(async (tx) => {
    await tx.calls.lock(callId);
    const newest = await tx.transcripts.ofCall(callId);
    if (newest === null) throw notFound("The transcript");
    const transcript = await tx.transcripts.lock(newest.id);
    if (transcript.state !== "failed" && transcript.state !== "empty") {
      throw new EarwitnessError("conflict", "The transcript is ready or under way: there is nothing to ask for again.");
    }
    if ((await tx.recordings.find(transcript.recordingId)).state === "purged") {
      throw new EarwitnessError("conflict", "The recording was taken away for good: there is nothing to transcribe.");
    }
    await reopenTranscript(tx, transcript);
    const jobId = await requestByJob(tx, transcript, `again-${ctx.newId("job")}`);
    const object = { kind: "transcript", id: transcript.id };
    await tx.audit.append({ action: "transcript.retried", object, details: { callId, jobId } });
    return jobId;
  });
}
