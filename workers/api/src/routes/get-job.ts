import type { Actor } from "@earwitness/core";
import { type JobsViewer, readJob } from "@earwitness/db";
import { hasCode, JobDetail, JobId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";
import { jobsViewer, OPS } from "../jobs-viewer.ts";

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
  handle: async ({ ctx, services, input: { path } }) => {
    const read = (as: Actor, viewer: JobsViewer) =>
      services.database.read(as, (scope) => readJob(scope, viewer, path.jobId));
    const viewer = jobsViewer(ctx.actor);
    const own = read(ctx.actor, viewer);
    if (viewer.sees === "own") return ok(await own);
    return ok(
      await own.catch((error: unknown) => {
        if (hasCode(error, "not_found")) return read(OPS, { sees: "nobodys" });
        throw error;
      }),
    );
  },
});
