import { EarwitnessError, type JobId, type RecordingId } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { storingKind } from "./add-recording.ts";
import { reopenRecording } from "./reopen-recording.ts";

/**
 * Fetches a recording again that could not be stored. Throws `not_found`, and `conflict` for one that is stored or being
 * fetched: there is nothing to do again.
 */
export async function retryRecording(ctx: Context<WorkspaceActor>, recordingId: RecordingId): Promise<JobId> {
  return ctx.unitOfWork(async (tx) => {
    const recording = await reopenRecording(tx, recordingId);
    if (recording === null) {
      throw new EarwitnessError("conflict", "The recording has not failed: there is nothing to fetch again.");
    }
    const { workspaceId, callId } = recording;
    const kind = storingKind(recording);
    const jobId = await tx.jobs.add({
      workspaceId,
      kind,
      // The failed attempt's job keeps its key: this is another one.
      key: `${kind}/${recordingId}/again/${ctx.newId("job")}`,
      payload: { recordingId },
      callId,
    });
    const object = { kind: "recording", id: recordingId };
    await tx.audit.append({ action: "recording.retried", object, details: { callId, jobId } });
    return jobId;
  });
}
