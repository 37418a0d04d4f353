import { listHolds as readHolds } from "@earwitness/db";
import { HoldList, ListHoldsQuery } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listHolds = route({
  method: "get",
  path: "/holds",
  operationId: "listHolds",
  tag: "Workspace",
  summary: "The legal holds, newest first",
  may: "holds:manage",
  request: { query: ListHoldsQuery.strict() },
  returns: { 200: HoldList },
  handle: async ({ ctx, services, input: { query } }) => {
    const which = { callId: query.callId, withReleased: query.released === "true" };
    return ok({ holds: await services.database.read(ctx.actor, (scope) => readHolds(scope, ctx.actor, which)) });
  },
});
