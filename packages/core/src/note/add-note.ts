import type { AddNote, CallId, NoteId } from "@earwitness/shared";
import type { z } from "zod";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, WorkspaceActor } from "../context.ts";

/** Writes a note on a call, at a moment of it or on the whole. Throws `not_found` for a call that is not the workspace's. */
export async function addNote(
  ctx: Context<WorkspaceActor>,
  callId: CallId,
  { text, positionMs }: z.output<typeof AddNote>,
): Promise<NoteId> {
  const id = ctx.newId("note");
  await ctx.unitOfWork(async (tx) => {
    const { workspaceId } = await tx.calls.find(callId);
    const writtenBy = actorName(ctx.actor);
    await tx.notes.add({ id, workspaceId, callId, text, positionMs, writtenBy, createdAt: ctx.clock.now() });
    await tx.outbox.tellCall(workspaceId, callId, "note");
    await tx.audit.append({ action: "note.written", object: { kind: "note", id }, details: { callId, positionMs } });
  });
  return id;
}
