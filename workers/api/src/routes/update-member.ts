import { asPerson, updateMember as change } from "@earwitness/core";
import { readMember } from "@earwitness/db";
import { MemberView, UpdateMember, UserId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const updateMember = route({
  method: "patch",
  path: "/members/{userId}",
  operationId: "updateMember",
  tag: "Workspace",
  summary: "Change somebody's role or numbers, suspend them or lift it",
  description:
    "What is left out stays. Only an owner may make somebody an owner or change one. A workspace keeps at least one owner who is not suspended: what would leave it without answers 409. It holds at once, also in browsers that are open.",
  may: "members:manage",
  request: { path: z.object({ userId: UserId }), body: UpdateMember.strict() },
  returns: { 200: MemberView },
  handle: async ({ ctx, services, input: { path, body } }) => {
    services.renewSockets(await change(asPerson(ctx), path.userId, body));
    return ok(await services.database.read(ctx.actor, (scope) => readMember(scope, ctx.actor, path.userId)));
  },
});
