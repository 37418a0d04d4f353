import { asPerson, transferOwnership as transfer } from "@earwitness/core";
import { readMember } from "@earwitness/db";
import { MemberView, TransferOwnership } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const transferOwnership = route({
  method: "post",
  path: "/workspace/owner",
  operationId: "transferOwnership",
  tag: "Workspace",
  summary: "Make somebody else the owner in one's own place",
  description: "Who asks becomes an admin in the same moment. Answers the new owner.",
  may: "owners:manage",
  request: { body: TransferOwnership.strict() },
  returns: { 200: MemberView },
  handle: async ({ ctx, services, input: { body } }) => {
    services.renewSockets(await transfer(asPerson(ctx), body.userId));
    return ok(await services.database.read(ctx.actor, (scope) => readMember(scope, ctx.actor, body.userId)));
  },
});
