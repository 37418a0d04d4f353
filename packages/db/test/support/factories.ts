import { newId, type WorkspaceId } from "@earwitness/shared";
import type { Database } from "../../src/index.ts";

export const system = { kind: "system", reason: "test" } as const;

export function userOf(workspaceId: WorkspaceId) {
  return {
    kind: "user",
    userId: newId("user"),
    workspaceId,
    role: "owner",
    sees: "all",
    sessionId: newId("session"),
  } as const;
}

export async function aWorkspace(database: Database): Promise<WorkspaceId> {
  const id = newId("workspace");
  await database.unitOfWork(system)((tx) => tx.workspaces.add({ id, name: "Test" }));
  return id;
}
