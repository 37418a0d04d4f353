import type { NoteRepository } from "@earwitness/core";
import { and, eq } from "drizzle-orm";
import { ofVisibleCalls } from "../queries/visible-calls.ts";
import { callNotes } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function noteRepository(scope: Scope): NoteRepository {
  const { db } = scope;
  const own = ofVisibleCalls(scope, callNotes);
  return {
    async add(note) {
      await db.insert(callNotes).values(note);
    },
    async find(callId, id) {
      const [note] = await db
        .select()
        .from(callNotes)
        .where(and(eq(callNotes.id, id), eq(callNotes.callId, callId), own))
        .for("update");
      return note ?? null;
    },
    async remove(id) {
      await db.delete(callNotes).where(and(eq(callNotes.id, id), own));
    },
  };
}
