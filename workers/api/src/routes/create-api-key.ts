import { asPerson, createApiKey as create } from "@earwitness/core";
import { CreateApiKey, CreatedApiKey } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const createApiKey = route({
  method: "post",
  path: "/api-keys",
  operationId: "createApiKey",
  tag: "Workspace",
  summary: "Make an API key",
  description: "`key` is in this answer and never again.",
  may: "api-keys:manage",
  request: { body: CreateApiKey.strict() },
  returns: { 201: CreatedApiKey },
  handle: async ({ ctx, input: { body } }) => {
    const { id, key, name, prefix, scope, createdAt, expiresAt } = await create(asPerson(ctx), body);
    const view = {
      id,
      key,
      name,
      prefix,
      scope,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      lastUsedAt: null,
      revokedAt: null,
    };
    return reply(201, view);
  },
});
