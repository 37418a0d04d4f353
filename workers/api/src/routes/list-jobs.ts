import { listJobs as readJobs } from "@earwitness/db";
import { JobList, ListJobsQuery } from "@earwitness/shared";
import { decodeJobsCursor, encodeJobsCursor } from "../http/cursor.ts";
import { ok, route } from "../http/route.ts";
import { jobsViewer } from "../jobs-viewer.ts";

export const listJobs = route({
  method: "get",
  path: "/jobs",
  operationId: "listJobs",
  tag: "Operations",
  summary: "Slow work, newest first",
  description: "What one has asked for oneself; for those who look after the system, all of the workspace's.",
  may: "jobs:read",
  request: { query: ListJobsQuery.strict() },
  returns: { 200: JobList },
  handle: async ({ ctx, services, input: { query } }) => {
    const { cursor, limit, from, ...filter } = query;
    const { jobs, next } = await services.database.read(ctx.actor, (scope) =>
      readJobs(scope, jobsViewer(ctx.actor), {
        filter: { ...filter, from: from === undefined ? undefined : new Date(from) },
        after: cursor === undefined ? null : decodeJobsCursor(cursor),
        limit,
      }),
    );
    return ok({ jobs, nextCursor: next === null ? null : encodeJobsCursor(next) });
  },
});
