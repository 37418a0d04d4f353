import { asPerson, releaseHold as release } from "@earwitness/core";
import { readHold } from "@earwitness/db";
import { HoldId, HoldView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const releaseHold = route({
  method: "post",
  path: "/holds/{holdId}/release",
  operationId: "releaseHold",
  tag: "Workspace",
  summary: "End a legal hold",
  description: "Released twice is released once. What else holds the same call goes on.",
  may: "holds:manage",
  request: { path: z.object({ holdId: HoldId }) },
  returns: { 200: HoldView },
  handle: async ({ ctx, services, input: { path } }) => {
    await release(asPerson(ctx), path.holdId);
    services.kickOutbox();
    return ok(await services.database.read(ctx.actor, (scope) => readHold(scope, ctx.actor, path.holdId)));
  },
});
