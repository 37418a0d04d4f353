import { listSessions as readSessions } from "@earwitness/db";
import { SessionList } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listSessions = route({
  method: "get",
  path: "/sessions",
  operationId: "listSessions",
  tag: "Workspace",
  summary: "The browsers in which one is signed in",
  description: "Those that live, the one used last first, with how and from where one signed in there.",
  may: "signed-in",
  request: {},
  returns: { 200: SessionList },
  handle: async ({ ctx, services }) => {
    const sessions = await services.database.read(ctx.actor, (scope) => readSessions(scope, ctx.actor));
    return ok({ sessions });
  },
});
