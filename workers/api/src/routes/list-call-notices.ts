import { listNotices } from "@earwitness/db";
import { CallId, NoticeList } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const listCallNotices = route({
  method: "get",
  path: "/calls/{callId}/notices",
  operationId: "listCallNotices",
  tag: "Operations",
  summary: "What vendors have told of a call",
  description: "In the order in which it came, a thousand at most: which event, when, and what came of it.",
  may: "ops:read",
  request: { path: z.object({ callId: CallId }) },
  returns: { 200: NoticeList },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => listNotices(scope, path.callId))),
});
