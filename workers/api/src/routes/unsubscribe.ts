import { unsubscribe as refuse } from "@earwitness/core";
import { MailRefusalView, UnsubscribeQuery } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const unsubscribe = route({
  method: "post",
  path: "/mail/unsubscribe",
  operationId: "unsubscribe",
  tag: "Workspace",
  summary: "Get no more mails of a kind",
  description:
    "For who holds the token of such a mail. Mailboxes send it by themselves when somebody says there that the mail is unwanted (RFC 8058); the body counts for nothing. 404 for a token that is none, or too old.",
  may: "anyone",
  request: { query: UnsubscribeQuery.strict() },
  returns: { 200: MailRefusalView },
  handle: async ({ ctx, services, input: { query } }) => ok(await refuse(ctx, services.env.LINK_SECRET, query.token)),
});
