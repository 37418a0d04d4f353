import { listApiKeys as readApiKeys } from "@earwitness/db";
import { ApiKeyList } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listApiKeys = route({
  method: "get",
  path: "/api-keys",
  operationId: "listApiKeys",
  tag: "Workspace",
  summary: "The workspace's API keys, without the keys themselves",
  may: "api-keys:manage",
  request: {},
  returns: { 200: ApiKeyList },
  handle: async ({ ctx, services }) => ok({ apiKeys: await services.database.read(ctx.actor, readApiKeys) }),
});
