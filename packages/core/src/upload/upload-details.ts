import { CompleteUpload, RecordingId } from "@earwitness/shared";
import { z } from "zod";

/** What was posted of an upload once it was there, and what it is to become. Kept with it, so that a check that broke off goes on. */
export const UploadDetails = z.object({
  said: CompleteUpload,
  /** The person or key that posted it. */
  by: z.string(),
  /** Settled before anything is made of it, so that doing it again makes the same; null for what is no recording. */
  recordingId: RecordingId.nullable(),
});
export type UploadDetails = z.infer<typeof UploadDetails>;
