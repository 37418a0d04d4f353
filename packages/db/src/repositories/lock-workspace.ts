import type { WorkspaceId } from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { workspaces } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/**
 * Has everybody else who locks the workspace wait until the transaction ends: of two at once that count before they add, the second
 * counts what the first has added. Gives the workspace's id in a row, or no row for one that is not the actor's.
 */
export function lockWorkspace(scope: Scope, id: WorkspaceId): Promise<{ id: WorkspaceId }[]> {
  return (
    scope.db
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(and(eq(workspaces.id, id), inWorkspace(scope, workspaces.id)))
      // Weaker than `for update`, which would have every insert of a row wait that refers to the workspace.
      .for("no key update")
  );
}
