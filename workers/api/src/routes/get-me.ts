import { asPerson } from "@earwitness/core";
import { readMe } from "@earwitness/db";
import { MeView } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const getMe = route({
  method: "get",
  path: "/me",
  operationId: "getMe",
  tag: "Workspace",
  summary: "Who is signed in, and where",
  may: "me:read",
  request: {},
  returns: { 200: MeView },
  handle: async ({ ctx, services }) => {
    const { actor } = asPerson(ctx);
    return ok(await services.database.read(actor, (scope) => readMe(scope, actor)));
  },
});
