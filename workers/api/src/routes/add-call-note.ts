import { addNote } from "@earwitness/core";
import { readNote } from "@earwitness/db";
import { AddNote, CallId, NoteView } from "@earwitness/shared";
import { z } from "zod";
import { reply, route } from "../http/route.ts";

export const addCallNote = route({
  method: "post",
  path: "/calls/{callId}/notes",
  operationId: "addCallNote",
  tag: "Calls",
  summary: "Note something on a call, at a moment of it",
  may: "notes:write",
  request: { path: z.object({ callId: CallId }), body: AddNote.strict() },
  returns: { 201: NoteView },
  handle: async ({ ctx, services, input: { path, body } }) => {
    const id = await addNote(ctx, path.callId, body);
    services.kickOutbox();
    return reply(201, await services.database.read(ctx.actor, (scope) => readNote(scope, ctx.actor, id)));
  },
});
