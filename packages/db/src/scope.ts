import type { Actor, Clock, RequestOrigin } from "@earwitness/core";
import type { newId, WorkspaceId } from "@earwitness/shared";
import { eq, isNull, type SQL, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { PgColumn } from "drizzle-orm/pg-core";

/** One open transaction and who it acts for. Repositories and queries take nothing else to speak to the database. */
export interface Scope {
  readonly db: NodePgDatabase;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly newId: typeof newId;
  /** Where the request came from; undefined for work of our own. */
  readonly origin: RequestOrigin | undefined;
}

/**
 * The condition that keeps a statement inside the actor's workspace, for every statement about a workspace's rows: no
 * condition for the system, none of the rows for those who act in none. Row-level security says the same once more.
 */
export function inWorkspace({ actor }: Scope, workspaceId: PgColumn): SQL | undefined {
  if (actor.kind === "system") return undefined;
  return "workspaceId" in actor ? eq(workspaceId, actor.workspaceId) : sql`false`;
}

/**
 * The same for what may be of no workspace, as a mail to somebody who is in none: that is dealt with by the system, which here sees
 * nothing that is of a workspace.
 */
export function inWorkspaceOrNone(scope: Scope, workspaceId: PgColumn): SQL | undefined {
  return scope.actor.kind === "system" ? isNull(workspaceId) : inWorkspace(scope, workspaceId);
}

/** The actor's workspace; null for those who act in none. */
export function workspaceOf(actor: Actor): WorkspaceId | null {
  return "workspaceId" in actor ? actor.workspaceId : null;
}
