import { previewInvitation as preview } from "@earwitness/db";
import { InvitationPreview, InvitationToken } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const previewInvitation = route({
  method: "post",
  path: "/invitations/preview",
  operationId: "previewInvitation",
  tag: "Workspace",
  summary: "What an invitation is to, for who holds its token",
  description: "Spends nothing. 404 for a token that is none, 422 for an invitation that waits no more, and says why.",
  may: "anyone",
  request: { body: InvitationToken.strict() },
  returns: { 200: InvitationPreview },
  handle: async ({ ctx, services, input: { body } }) =>
    ok(await services.database.read(ctx.actor, (scope) => preview(scope, body.token))),
});
