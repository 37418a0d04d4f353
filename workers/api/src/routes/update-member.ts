import { asPerson, updateMember as change } from "@earwitness/core";
import { readMember } from "@earwitness/db";
import { MemberView, UpdateMember, UserId } from "@earwitness/shared";
import { z } from "zod";
import { mayChange, versionTag } from "../http/conditional.ts";
import { ok, route } from "../http/route.ts";

export const updateMember = route({
  method: "patch",
  path: "/members/{userId}",
  operationId: "updateMember",
  tag: "Workspace",
  summary: "Change somebody's role or numbers, suspend them or lift it",
  description:
    "What is left out stays. With `If-Match`, holding the member's `version` in quotes, one that was changed meanwhile answers 412. Only an owner may make somebody an owner or change one. A workspace keeps at least one owner who is not suspended: what would leave it without answers 409. It holds at once, also in browsers that are open.",
  may: "members:manage",
  request: {
    path: z.object({ userId: UserId }),
    header: z.object({ "if-match": z.string().max(200).optional() }),
    body: UpdateMember.strict(),
  },
  returns: { 200: MemberView },
  handle: async ({ ctx, services, input: { path, header, body } }) => {
    const mayChangeIt = (version: number) => mayChange(header["if-match"] ?? null, versionTag(version));
    services.renewSockets(await change(asPerson(ctx), path.userId, body, mayChangeIt));
    const member = await services.database.read(ctx.actor, (scope) => readMember(scope, ctx.actor, path.userId));
    return { ...ok(member), headers: { etag: versionTag(member.version) } };
  },
});
