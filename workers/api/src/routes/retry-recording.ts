import { retryRecording as retry } from "@earwitness/core";
import { RecordingId, RetryTaken } from "@earwitness/shared";
import { z } from "zod";
import { reply, route } from "../http/route.ts";

export const retryRecording = route({
  method: "post",
  path: "/recordings/{recordingId}/retry",
  operationId: "retryRecording",
  tag: "Recordings",
  summary: "Fetch a recording from the carrier again",
  description: "For one that failed or is missing; any other answers 409.",
  may: "recordings:retry",
  request: { path: z.object({ recordingId: RecordingId }) },
  returns: { 202: RetryTaken },
  handle: async ({ ctx, services, input: { path } }) => {
    const jobId = await retry(ctx, path.recordingId);
    services.kickOutbox();
    return reply(202, { jobId });
  },
});
