import { nextRetentionRun, presentRules } from "@earwitness/core";
import { previewRetention } from "@earwitness/db";
import { RetentionPreview, RetentionPreviewQuery } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const getRetentionPreview = route({
  method: "get",
  path: "/retention/preview",
  operationId: "getRetentionPreview",
  tag: "Workspace",
  summary: "What the next run of retention takes away",
  description:
    "By the workspace's own rules; with any of `recordings`, `transcripts` and `calls`, each a number of days, by those rules alone.",
  may: "workspace:change",
  request: { query: RetentionPreviewQuery.strict() },
  returns: { 200: RetentionPreview },
  handle: async ({ ctx, services, input: { query } }) => {
    const runAt = nextRetentionRun(ctx.clock.now());
    const rules = presentRules(query);
    return ok(await services.database.read(ctx.actor, (scope) => previewRetention(scope, ctx.actor, { runAt, rules })));
  },
});
