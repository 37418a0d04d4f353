import { asPerson, revokeApiKey as revoke } from "@earwitness/core";
import { ApiKeyId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const revokeApiKey = route({
  method: "delete",
  path: "/api-keys/{apiKeyId}",
  operationId: "revokeApiKey",
  tag: "Workspace",
  summary: "Revoke an API key",
  description:
    "The next request with it, or with a token that it was exchanged for, is refused, and its live sockets are closed. Revoking twice changes nothing.",
  may: "api-keys:manage",
  request: { path: z.object({ apiKeyId: ApiKeyId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    services.closeSockets(await revoke(asPerson(ctx), path.apiKeyId));
    return { status: 204 as const };
  },
});
