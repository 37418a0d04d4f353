import { asPerson, revokeInvitation as revoke } from "@earwitness/core";
import { InvitationId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const revokeInvitation = route({
  method: "delete",
  path: "/invitations/{invitationId}",
  operationId: "revokeInvitation",
  tag: "Workspace",
  summary: "Take an invitation back",
  description: "Its link works no more. Doing it twice changes nothing; one that was accepted answers 409.",
  may: "members:manage",
  request: { path: z.object({ invitationId: InvitationId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    await revoke(asPerson(ctx), path.invitationId);
    services.kickOutbox();
    return { status: 204 as const };
  },
});
