import { listNotes } from "@earwitness/db";
import { CallId, NoteList } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const listCallNotes = route({
  method: "get",
  path: "/calls/{callId}/notes",
  operationId: "listCallNotes",
  tag: "Calls",
  summary: "What was noted on a call",
  may: "calls:read",
  request: { path: z.object({ callId: CallId }) },
  returns: { 200: NoteList },
  handle: async ({ ctx, services, input: { path } }) =>
    ok({ notes: await services.database.read(ctx.actor, (scope) => listNotes(scope, ctx.actor, path.callId)) }),
});
