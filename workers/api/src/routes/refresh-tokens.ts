import { refreshTokens as refresh } from "@earwitness/core";
import { RefreshTokens, TokenPair } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const refreshTokens = route({
  method: "post",
  path: "/tokens/refresh",
  operationId: "refreshTokens",
  tag: "Workspace",
  summary: "Get the next pair of tokens",
  description:
    "A refresh token works once. Within ten seconds of its use it is refused with 409 and Retry-After, for the other one of two requests at once; after that, a token that comes again ends every token of its family. So a lost answer is never repeated: send the token again as Retry-After says, which ends the family, and exchange the key again.",
  may: "anyone",
  request: { body: RefreshTokens.strict() },
  returns: { 200: TokenPair },
  handle: async ({ services, input: { body } }) => {
    const system = services.contextOf({ kind: "system", reason: "refresh tokens" });
    const outcome = await refresh(system, services.env.AUTH_SECRET, body.refreshToken);
    if (outcome.kind === "renewed") return ok(outcome.pair);
    services.closeSockets(outcome.closed);
    throw outcome.error;
  },
});
