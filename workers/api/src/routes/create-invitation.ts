import { asPerson, invite } from "@earwitness/core";
import { readInvitation } from "@earwitness/db";
import { CreatedInvitation, CreateInvitation } from "@earwitness/shared";
import { limit } from "../auth/limit.ts";
import { reply, route } from "../http/route.ts";

export const createInvitation = route({
  method: "post",
  path: "/invitations",
  operationId: "createInvitation",
  tag: "Workspace",
  summary: "Invite somebody by e-mail",
  description:
    "The mail's link works once, for seven days, for who signs in with the address. Invited again, an address gets a new mail, and the link in the old one works no more. So many mails a minute go to one address, and then 429. `jobId` is that of the mail.",
  may: "members:manage",
  request: { body: CreateInvitation.strict() },
  returns: { 201: CreatedInvitation },
  handle: async ({ ctx, services, input: { body } }) => {
    // Whoever has a workspace may invite any address, as often as they like: nobody's mailbox is to be flooded by that.
    await limit(services.env.SIGN_INS_BY_ADDRESS, `invitation/${body.email.toLowerCase()}`);
    const { id, jobId } = await invite(asPerson(ctx), { linkSecret: services.env.LINK_SECRET }, body);
    services.kickOutbox();
    const view = await services.database.read(ctx.actor, (scope) => readInvitation(scope, id));
    return reply(201, { ...view, jobId });
  },
});
