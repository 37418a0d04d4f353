import { listScreenshots } from "@earwitness/db";
import { CallId, ScreenshotList } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const listCallScreenshots = route({
  method: "get",
  path: "/calls/{callId}/screenshots",
  operationId: "listCallScreenshots",
  tag: "Calls",
  summary: "The pictures attached to a call, oldest first",
  description: "The first 200, with who attached them. Each picture is at its `url`.",
  may: "calls:read",
  request: { path: z.object({ callId: CallId }) },
  returns: { 200: ScreenshotList },
  handle: async ({ ctx, services, input: { path } }) =>
    ok({
      screenshots: await services.database.read(ctx.actor, (scope) => listScreenshots(scope, ctx.actor, path.callId)),
    }),
});
