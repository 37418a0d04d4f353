import type { MeView, UpdateWorkspace, WorkspaceChoice, WorkspaceView } from "@earwitness/shared";
import { queryOptions } from "@tanstack/react-query";
import { request } from "./request.ts";

/** The workspace that one is in, and the others that one may be in. */

export const workspaceQuery = queryOptions({
  queryKey: ["workspace"],
  queryFn: ({ signal }) => request({ path: "/workspace", signal, returns: (contract) => contract.WorkspaceView }),
});

/** Changes the workspace's settings, if nobody else changed them since `version`. */
export function updateWorkspace(version: number, body: UpdateWorkspace): Promise<WorkspaceView> {
  const headers = { "if-match": `"${version}"` };
  return request({ path: "/workspace", method: "PATCH", body, headers, returns: (contract) => contract.WorkspaceView });
}

/** Makes a workspace and its owner. `key` makes a repeated press one workspace. */
export function createWorkspace(name: string, key: string): Promise<WorkspaceChoice> {
  const headers = { "idempotency-key": key };
  return request({
    path: "/workspaces",
    method: "POST",
    body: { name },
    headers,
    returns: (contract) => contract.WorkspaceChoice,
  });
}

/** Goes to another workspace, in every tab of this browser. */
export function switchWorkspace(workspaceId: string): Promise<MeView> {
  return request({
    path: "/me/workspace",
    method: "POST",
    body: { workspaceId },
    returns: (contract) => contract.MeView,
  });
}
