import { readWorkspace } from "@earwitness/db";
import { WorkspaceView } from "@earwitness/shared";
import { versionTag } from "../http/conditional.ts";
import { ok, route } from "../http/route.ts";

export const getWorkspace = route({
  method: "get",
  path: "/workspace",
  operationId: "getWorkspace",
  tag: "Workspace",
  summary: "The workspace with its settings",
  description: "The ETag is its `version`, for `If-Match` when it is changed.",
  may: "workspace:read",
  request: {},
  returns: { 200: WorkspaceView },
  handle: async ({ ctx, services }) => {
    const workspace = await services.database.read(ctx.actor, (scope) => readWorkspace(scope, ctx.actor.workspaceId));
    return { ...ok(workspace), headers: { etag: versionTag(workspace.version) } };
  },
});
