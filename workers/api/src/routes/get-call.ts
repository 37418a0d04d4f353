import { readCall } from "@earwitness/db";
import { CallId, CallView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const getCall = route({
  method: "get",
  path: "/calls/{callId}",
  operationId: "getCall",
  tag: "Calls",
  summary: "One call with its legs, recordings and stages",
  description: "A call that was just placed is found within a moment; until then the answer is 404.",
  may: "calls:read",
  request: { path: z.object({ callId: CallId }) },
  returns: { 200: CallView },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readCall(scope, path.callId))),
});
