import { CallId, CompleteUpload, RecordingId, UploadId } from "@earwitness/shared";
import { z } from "zod";

/** What a line becomes, settled before anything is made of it, so that doing it again makes the same. */
export const ImportRowDetails = z.object({
  said: CompleteUpload,
  uploadId: UploadId,
  callId: CallId,
  recordingId: RecordingId,
});
export type ImportRowDetails = z.infer<typeof ImportRowDetails>;
