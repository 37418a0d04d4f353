import { asKey, exchangeKey as exchange } from "@earwitness/core";
import { ExchangeKey, TokenPair } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const exchangeKey = route({
  method: "post",
  path: "/tokens",
  operationId: "exchangeKey",
  tag: "Workspace",
  summary: "Exchange an API key for short-lived tokens",
  description:
    "For where the key itself should not go. The access token is sent as Bearer like a key, for ten minutes; the refresh token gets the next pair, once. Both end at once with the key.",
  may: "tokens:exchange",
  request: { body: ExchangeKey.strict() },
  returns: { 201: TokenPair },
  handle: async ({ ctx, services, input: { body } }) =>
    reply(201, await exchange(asKey(ctx), services.env.AUTH_SECRET, body)),
});
