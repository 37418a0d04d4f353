import { addNote } from "@earwitness/core";
import { listNotes } from "@earwitness/db";
import { AddNote, CallId, NoteView, notFound } from "@earwitness/shared";
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
    const notes = await services.database.read(ctx.actor, (scope) => listNotes(scope, ctx.actor, path.callId));
    const note = notes.find((each) => each.id === id);
    // Taken back by another of the author's windows within this moment.
    if (note === undefined) throw notFound("The note");
    return reply(201, note);
  },
});
