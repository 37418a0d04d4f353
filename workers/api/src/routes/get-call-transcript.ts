import { readTranscript } from "@earwitness/db";
import { CallId, TranscriptView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const getCallTranscript = route({
  method: "get",
  path: "/calls/{callId}/transcript",
  operationId: "getCallTranscript",
  tag: "Calls",
  summary: "What was said, word by word",
  description: "The newest transcript; 404 until there is one. Positions are milliseconds from the recording's start.",
  may: "calls:read",
  request: { path: z.object({ callId: CallId }) },
  returns: { 200: TranscriptView },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readTranscript(scope, path.callId))),
});
