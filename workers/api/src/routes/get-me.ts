import { asPerson } from "@earwitness/core";
import { MeView } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";
import { meOf } from "../me.ts";

export const getMe = route({
  method: "get",
  path: "/me",
  operationId: "getMe",
  tag: "Workspace",
  summary: "Who is signed in, and where",
  may: "me:read",
  request: {},
  returns: { 200: MeView },
  handle: async ({ ctx, services }) => ok(await meOf(services, asPerson(ctx).actor)),
});
