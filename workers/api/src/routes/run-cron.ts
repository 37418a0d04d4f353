import { startCron } from "@earwitness/core";
import { AcceptedJob, CronName } from "@earwitness/shared";
import { z } from "zod";
import { reply, route } from "../http/route.ts";

export const runCron = route({
  method: "post",
  path: "/crons/{name}/run",
  operationId: "runCron",
  tag: "Operations",
  summary: "Run a scheduled work now, besides its schedule",
  description: "Each is safe to run twice at once. How it went is in `GET /v1/ops`.",
  may: "ops:act",
  request: { path: z.object({ name: CronName }) },
  returns: { 202: AcceptedJob },
  handle: async ({ ctx, services, input: { path } }) => {
    const jobId = await startCron(ctx, path.name);
    services.kickOutbox();
    return reply(202, { jobId });
  },
});
