import { readUnsubscribeToken } from "@earwitness/core";
import { UnsubscribeQuery } from "@earwitness/shared";
import { route } from "../http/route.ts";

export const openUnsubscribe = route({
  method: "get",
  path: "/mail/unsubscribe",
  operationId: "openUnsubscribe",
  tag: "Workspace",
  summary: "Where a browser is led that opens the address by which mailboxes say that a mail is unwanted",
  description: "To the app's page with a button. It changes nothing, because mail scanners open every link.",
  may: "anyone",
  request: { query: UnsubscribeQuery.strict() },
  returns: { 303: "nothing" },
  handle: async ({ ctx, services, input: { query } }) => {
    const { LINK_SECRET, APP_ORIGIN } = services.env;
    const refusal = await readUnsubscribeToken(LINK_SECRET, query.token, ctx.clock.now());
    const carried = new URLSearchParams({ token: query.token, ...(refusal !== null && { kind: refusal.kind }) });
    return { status: 303 as const, headers: { location: `${APP_ORIGIN}/unsubscribe#${carried}` } };
  },
});
