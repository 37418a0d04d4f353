import { retentionView } from "@earwitness/core";
import type { WorkspaceId, WorkspaceView } from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { workspaces } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/** A workspace with its settings. Throws `not_found` for any but the actor's own. */
export async function readWorkspace(scope: Scope, id: WorkspaceId): Promise<WorkspaceView> {
  const workspace = requireRow(
    await scope.db
      .select()
      .from(workspaces)
      .where(and(eq(workspaces.id, id), inWorkspace(scope, workspaces.id))),
    "The workspace",
  );
  return { ...workspace, retention: retentionView(workspace.retention), createdAt: workspace.createdAt.toISOString() };
}
