import { retryTranscript as retry } from "@earwitness/core";
import { CallId, RetryTaken } from "@earwitness/shared";
import { z } from "zod";
import { reply, route } from "../http/route.ts";

export const retryTranscript = route({
  method: "post",
  path: "/calls/{callId}/transcript/retry",
  operationId: "retryTranscript",
  tag: "Calls",
  summary: "Ask for the transcript of a call again",
  description: "For one that failed or came back empty; any other answers 409.",
  may: "transcripts:retry",
  request: { path: z.object({ callId: CallId }) },
  returns: { 202: RetryTaken },
  handle: async ({ ctx, services, input: { path } }) => {
    const jobId = await retry(ctx, path.callId);
    services.kickOutbox();
    return reply(202, { jobId });
  },
});
