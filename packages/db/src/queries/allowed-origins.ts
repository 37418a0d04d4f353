import type { WorkspaceId } from "@earwitness/shared";
import { and, eq, sql } from "drizzle-orm";
import { workspaces } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/** Whether any workspace lets pages of the origin call the API. Asked by a browser, before anybody is known. */
export function isAllowedSomewhere({ db }: Scope, origin: string): Promise<boolean> {
  return isThere(db.select({ id: workspaces.id }).from(workspaces).where(lists(origin)).limit(1));
}

/** Whether the actor's workspace lets pages of the origin call the API. */
export function allowsOrigin(scope: Scope, workspaceId: WorkspaceId, origin: string): Promise<boolean> {
  const condition = and(inWorkspace(scope, workspaces.id), eq(workspaces.id, workspaceId), lists(origin));
  return isThere(scope.db.select({ id: workspaces.id }).from(workspaces).where(condition));
}

/** The list holds the origin letter by letter: no pattern, no suffix. */
function lists(origin: string) {
  return sql`${workspaces.allowedOrigins} @> ${JSON.stringify([origin])}::jsonb`;
}

async function isThere(rows: PromiseLike<readonly unknown[]>): Promise<boolean> {
  return (await rows).length > 0;
}
