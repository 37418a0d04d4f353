import { listInvitations as list } from "@earwitness/db";
import { InvitationList } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listInvitations = route({
  method: "get",
  path: "/invitations",
  operationId: "listInvitations",
  tag: "Workspace",
  summary: "Who was invited, newest first",
  description: "The newest 200, with those that were accepted, taken back or have expired.",
  may: "members:manage",
  request: {},
  returns: { 200: InvitationList },
  handle: async ({ ctx, services }) => ok({ invitations: await services.database.read(ctx.actor, list) }),
});
