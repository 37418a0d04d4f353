import { listRecordings } from "@earwitness/db";
import { CallId, RecordingList } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const listCallRecordings = route({
  method: "get",
  path: "/calls/{callId}/recordings",
  operationId: "listCallRecordings",
  tag: "Recordings",
  summary: "The recordings of a call, oldest first",
  may: "calls:read",
  request: { path: z.object({ callId: CallId }) },
  returns: { 200: RecordingList },
  handle: async ({ ctx, services, input: { path } }) =>
    ok({ recordings: await services.database.read(ctx.actor, (scope) => listRecordings(scope, path.callId)) }),
});
