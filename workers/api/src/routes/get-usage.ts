import { usagePeriod } from "@earwitness/core";
import { readUsage } from "@earwitness/db";
import { UsageQuery, UsageView } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const getUsage = route({
  method: "get",
  path: "/usage",
  operationId: "getUsage",
  tag: "Workspace",
  summary: "What was used, by hour or day",
  description:
    "Hours and days are UTC. A call counts in the hour in which it began, audio and words in that in which they were there; the sums of the last two days may still rise. `stored_bytes` is what was newly stored. By hour, a month may be asked for at most; by day, two years.",
  may: "ops:read",
  request: { query: UsageQuery.strict() },
  returns: { 200: UsageView },
  handle: async ({ ctx, services, input: { query } }) => {
    const period = usagePeriod(query);
    return ok(await services.database.read(ctx.actor, (scope) => readUsage(scope, period)));
  },
});
