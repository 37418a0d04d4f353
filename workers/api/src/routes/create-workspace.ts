import { asPerson, createWorkspace as create } from "@earwitness/core";
import { CreateWorkspace, WorkspaceChoice } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const createWorkspace = route({
  method: "post",
  path: "/workspaces",
  operationId: "createWorkspace",
  tag: "Workspace",
  summary: "Make another workspace, and own it",
  description: "This browser goes on working where it does: `POST /me/workspace` goes over to the new one.",
  may: "workspaces:create",
  request: { body: CreateWorkspace.strict() },
  returns: { 201: WorkspaceChoice },
  handle: async ({ ctx, services, input: { body } }) => {
    const system = services.contextOf({ kind: "system", reason: "create workspace" });
    const id = await create(system, asPerson(ctx).actor, body.name);
    services.kickOutbox();
    return reply(201, { id, name: body.name, role: "owner" as const, isCurrent: false });
  },
});
