import { syncNumbers as sync } from "@earwitness/core";
import { RetryTaken } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const syncNumbers = route({
  method: "post",
  path: "/numbers/sync",
  operationId: "syncNumbers",
  tag: "Numbers",
  summary: "Ask the carrier again which numbers there are",
  may: "numbers:change",
  request: {},
  returns: { 202: RetryTaken },
  handle: async ({ ctx, services }) => {
    const jobId = await sync(ctx);
    services.kickOutbox();
    return reply(202, { jobId });
  },
});
