import { asKey, revokeTokens as revoke } from "@earwitness/core";
import { TokenFamilyId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const revokeTokens = route({
  method: "delete",
  path: "/tokens/{familyId}",
  operationId: "revokeTokens",
  tag: "Workspace",
  summary: "End every token of one exchange of this key",
  description: "By the key, or by an access token of it. Doing it twice changes nothing.",
  may: "tokens:exchange",
  request: { path: z.object({ familyId: TokenFamilyId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    services.closeSockets(await revoke(asKey(ctx), path.familyId));
    return { status: 204 as const };
  },
});
