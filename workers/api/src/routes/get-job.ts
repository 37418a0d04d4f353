import { readJob } from "@earwitness/db";
import { JobDetail, JobId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";
import { jobsViewer } from "../jobs-viewer.ts";

export const getJob = route({
  method: "get",
  path: "/jobs/{jobId}",
  operationId: "getJob",
  tag: "Operations",
  summary: "How a job does, with each attempt that failed",
  description:
    "Ask again, or listen for live news of `job`. What vendors answered is told to those who look after the system.",
  may: "jobs:read",
  request: { path: z.object({ jobId: JobId }) },
  returns: { 200: JobDetail },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readJob(scope, jobsViewer(ctx.actor), path.jobId))),
});
