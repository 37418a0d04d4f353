import { cancelJob as cancel } from "@earwitness/core";
import { readJob } from "@earwitness/db";
import { JobDetail, JobId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";
import { jobsViewer } from "../jobs-viewer.ts";

export const cancelJob = route({
  method: "post",
  path: "/jobs/{jobId}/cancel",
  operationId: "cancelJob",
  tag: "Operations",
  summary: "Cancel a job",
  description:
    "One that waits is cancelled at once, one that runs at its next step (`isCancelling` until then). What it has done stays done. One that is over answers 409, and so do the deletion of what is purged and a mail that is being sent.",
  may: "jobs:cancel",
  request: { path: z.object({ jobId: JobId }) },
  returns: { 200: JobDetail },
  handle: async ({ ctx, services, input: { path } }) => {
    await cancel(ctx, path.jobId);
    services.kickOutbox();
    return ok(await services.database.read(ctx.actor, (scope) => readJob(scope, jobsViewer(ctx.actor), path.jobId)));
  },
});
