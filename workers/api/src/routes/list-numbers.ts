import { listNumbers as readNumbers } from "@earwitness/db";
import { NumberList } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listNumbers = route({
  method: "get",
  path: "/numbers",
  operationId: "listNumbers",
  tag: "Numbers",
  summary: "The workspace's phone numbers with their settings",
  may: "numbers:read",
  request: {},
  returns: { 200: NumberList },
  handle: async ({ ctx, services }) => ok({ numbers: await services.database.read(ctx.actor, readNumbers) }),
});
