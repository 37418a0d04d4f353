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
  description:
    "The exact transcript once it is ready, until then the live captions; `kind` asks for the one or the other. 404 until there is one. `positionsFrom` says where positions are counted from.",
  may: "calls:read",
  request: {
    path: z.object({ callId: CallId }),
    query: z.object({ kind: z.enum(["live", "exact"]).optional() }),
  },
  returns: { 200: TranscriptView },
  handle: async ({ ctx, services, input: { path, query } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readTranscript(scope, path.callId, query.kind))),
});
