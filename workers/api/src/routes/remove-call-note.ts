import { removeNote } from "@earwitness/core";
import { CallId, NoteId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const removeCallNote = route({
  method: "delete",
  path: "/calls/{callId}/notes/{noteId}",
  operationId: "removeCallNote",
  tag: "Calls",
  summary: "Take a note of one's own back",
  description: "Taken back twice is taken back once. One on a call that a legal hold keeps answers 409.",
  may: "notes:write",
  request: { path: z.object({ callId: CallId, noteId: NoteId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    await removeNote(ctx, path.callId, path.noteId);
    services.kickOutbox();
    return { status: 204 as const };
  },
});
