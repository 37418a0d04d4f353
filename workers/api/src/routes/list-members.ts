import { listMembers as list } from "@earwitness/db";
import { MemberList } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listMembers = route({
  method: "get",
  path: "/members",
  operationId: "listMembers",
  tag: "Workspace",
  summary: "Who is in the workspace",
  may: "members:read",
  request: {},
  returns: { 200: MemberList },
  handle: async ({ ctx, services }) =>
    ok({ members: await services.database.read(ctx.actor, (scope) => list(scope, ctx.actor)) }),
});
