import type { WorkspaceActor } from "@earwitness/core";
import type { CallId, NoteId, NoteView } from "@earwitness/shared";
import { and, asc, eq } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { callNotes } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { namesOf } from "./people.ts";
import { ofVisibleCalls, requireVisibleCall } from "./visible-calls.ts";

/** So many are shown; nobody writes more by hand. */
const MAX_NOTES = 500;

/** What was noted on a call, in the order of writing. Throws `not_found` for a call that is not the workspace's. */
export async function listNotes(scope: Scope, actor: WorkspaceActor, callId: CallId): Promise<NoteView[]> {
  const { db } = scope;
  await requireVisibleCall(scope, callId);
  const notes = await db
    .select()
    .from(callNotes)
    .where(eq(callNotes.callId, callId))
    .orderBy(asc(callNotes.createdAt), asc(callNotes.id))
    .limit(MAX_NOTES);
  return viewsOf(scope, actor, notes);
}

/** One note. Throws `not_found` for one that is not there any more, or not the workspace's. */
export async function readNote(scope: Scope, actor: WorkspaceActor, id: NoteId): Promise<NoteView> {
  const notes = await scope.db
    .select()
    .from(callNotes)
    .where(and(eq(callNotes.id, id), ofVisibleCalls(scope, callNotes)));
  return requireRow(await viewsOf(scope, actor, notes), "The note");
}

async function viewsOf(
  scope: Scope,
  actor: WorkspaceActor,
  notes: readonly (typeof callNotes.$inferSelect)[],
): Promise<NoteView[]> {
  const authors = notes.map(({ writtenBy }) => writtenBy);
  const names = await namesOf(scope, actor, authors);
  return notes.map(({ id, callId, text, positionMs, writtenBy, createdAt }) => ({
    id,
    callId,
    text,
    positionMs,
    by: writtenBy,
    byName: names.get(writtenBy) ?? null,
    createdAt: createdAt.toISOString(),
  }));
}
