import { type CallId, EarwitnessError, type NoteId } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, WorkspaceActor } from "../context.ts";

/**
 * Takes a note back. One that is not there any more is as good as removed. Throws `forbidden` for a note that somebody else
 * wrote: what was noted is testimony, and only its author may withdraw it. Throws `conflict` where a legal hold keeps the call.
 */
export async function removeNote(ctx: Context<WorkspaceActor>, callId: CallId, noteId: NoteId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const { workspaceId } = await tx.calls.find(callId);
    // Whoever places a hold waits for this.
    await tx.calls.lock(callId);
    const note = await tx.notes.find(callId, noteId);
    if (note === null) return;
    if (note.writtenBy !== actorName(ctx.actor)) {
      throw new EarwitnessError("forbidden", "Somebody else wrote this note. Only its author can take it back.");
    }
    if (await tx.holds.isHeld({ id: callId, workspaceId })) {
      throw new EarwitnessError(
        "conflict",
        "A legal hold keeps this call. The note can be taken back once the hold is released.",
      );
    }
    await tx.notes.remove(noteId);
    await tx.outbox.tellCall(workspaceId, callId, "note");
    await tx.audit.append({ action: "note.removed", object: { kind: "note", id: noteId }, details: { callId } });
  });
}
