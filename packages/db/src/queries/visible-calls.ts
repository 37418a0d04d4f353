import type { CallId } from "@earwitness/shared";
import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import { alias, type PgColumn, union } from "drizzle-orm/pg-core";
import { requireRow } from "../require-row.ts";
import { callMembers, calls, numberMembers } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/**
 * The condition that keeps a statement about `calls` among those that the actor may see: the workspace's, and for somebody who sees
 * only their own those that they placed, had to do with, or that are of a number at which they answer. What lies in the trash is
 * seen by nobody but the system, whose jobs go on. Every read of calls has it; what it hides is not found, like what is not there.
 */
export function amongVisibleCalls(scope: Scope): SQL | undefined {
  const { actor, db } = scope;
  if (actor.kind === "system") return undefined;
  const inside = and(inWorkspace(scope, calls.workspaceId), isNull(calls.deletedAt));
  if (!isNarrowed(actor)) return inside;
  const { userId } = actor;
  const tookPart = db.select({ id: callMembers.callId }).from(callMembers).where(eq(callMembers.userId, userId));
  const own = alias(calls, "own");
  const placed = db.select({ id: own.id }).from(own).where(eq(own.placedBy, userId));
  const answered = db
    .select({ id: own.id })
    .from(numberMembers)
    .innerJoin(own, eq(own.numberId, numberMembers.numberId))
    .where(eq(numberMembers.userId, userId));
  // One set of ids, each part by an index of its own: with `or` between them every call of the workspace would be looked at.
  return and(inside, inArray(calls.id, union(tookPart, placed, answered)));
}

/** Throws `not_found` for a call that the actor may not see, or that is not there. */
export async function requireVisibleCall(scope: Scope, id: CallId): Promise<void> {
  requireRow(
    await scope.db
      .select({ id: calls.id })
      .from(calls)
      .where(and(eq(calls.id, id), amongVisibleCalls(scope))),
    "The call",
  );
}

/** The same condition for what belongs to a call: recordings, transcripts, notes, captions. */
export function ofVisibleCalls(scope: Scope, table: { workspaceId: PgColumn; callId: PgColumn }): SQL | undefined {
  if (scope.actor.kind === "system") return undefined;
  const inside = inWorkspace(scope, table.workspaceId);
  const visible = scope.db.select({ id: calls.id }).from(calls).where(amongVisibleCalls(scope));
  return and(inside, inArray(table.callId, visible));
}

/** Tells whether the actor sees only some of the workspace's calls. */
export function isNarrowed(actor: Scope["actor"]): actor is Extract<Scope["actor"], { kind: "user" }> {
  return actor.kind === "user" && actor.sees === "own";
}
