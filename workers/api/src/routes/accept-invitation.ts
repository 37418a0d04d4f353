import { acceptInvitation as accept } from "@earwitness/core";
import { InvitationToken, MeView } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";
import { meOf } from "../me.ts";

export const acceptInvitation = route({
  method: "post",
  path: "/invitations/accept",
  operationId: "acceptInvitation",
  tag: "Workspace",
  summary: "Come into the workspace that invited one",
  description:
    "For who is signed in with the address that was invited; anybody else gets 403, and the address so far that its owner knows it. This browser works in the workspace from then on. Accepted twice, the answer is the same.",
  may: "signed-in",
  request: { body: InvitationToken.strict() },
  returns: { 200: MeView },
  handle: async ({ ctx, services, input: { body } }) => {
    const system = services.contextOf({ kind: "system", reason: "accept invitation" });
    const member = await accept(system, ctx.actor, body.token);
    services.kickOutbox();
    return ok(await meOf(services, member));
  },
});
