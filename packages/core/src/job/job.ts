import { RecordingId, TranscriptId, WorkspaceId } from "@earwitness/shared";
import { z } from "zod";

/** The queues of jobs, by pace and vendor. */
export const QueueName = z.enum(["recordings", "transcripts", "bulk"]);
export type QueueName = z.infer<typeof QueueName>;

/** Every kind of slow work: its payload (ids only) and the queue whose pace fits it. */
export const JOB_CATALOGUE = {
  "recording.store": { payload: z.object({ recordingId: RecordingId }), queue: "recordings" },
  "recording.delete_carrier_copy": { payload: z.object({ recordingId: RecordingId }), queue: "bulk" },
  "transcript.request": { payload: z.object({ transcriptId: TranscriptId }), queue: "transcripts" },
  "transcript.collect": {
    payload: z.object({ transcriptId: TranscriptId, vendorTranscriptionId: z.string() }),
    queue: "transcripts",
  },
  "numbers.sync": { payload: z.object({ workspaceId: WorkspaceId }), queue: "bulk" },
} as const satisfies Record<string, { payload: z.ZodType; queue: QueueName }>;

export type JobKind = keyof typeof JOB_CATALOGUE;
export type JobPayload<K extends JobKind> = z.infer<(typeof JOB_CATALOGUE)[K]["payload"]>;

/** `dead`: given up after the last attempt; a person can run it again. */
export const JobState = z.enum(["queued", "running", "done", "dead"]);
export type JobState = z.infer<typeof JobState>;
