import { readCoverage } from "@earwitness/db";
import { CallId, CoverageView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const getCallCoverage = route({
  method: "get",
  path: "/calls/{callId}/coverage",
  operationId: "getCallCoverage",
  tag: "Calls",
  summary: "Where each answered moment of a call is kept",
  description:
    "Recorded, only in the live chunks, paused on purpose, or missing with a reason: the four add up to the answered time, in frames of 20 ms.",
  may: "calls:read",
  request: { path: z.object({ callId: CallId }) },
  returns: { 200: CoverageView },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readCoverage(scope, path.callId))),
});
