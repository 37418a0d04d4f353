import type { Actor } from "@earwitness/core";
import { type JobsViewer, mergeJobs, listJobs as readJobs } from "@earwitness/db";
import { JobList, ListJobsQuery } from "@earwitness/shared";
import { decodeJobsCursor, encodeJobsCursor } from "../http/cursor.ts";
import { ok, route } from "../http/route.ts";
import { jobsViewer, OPS } from "../jobs-viewer.ts";

export const listJobs = route({
  method: "get",
  path: "/jobs",
  operationId: "listJobs",
  tag: "Operations",
  summary: "Slow work, newest first",
  description:
    "What one has asked for oneself; for those who look after the system, all of the workspace's, and the dead ones of no workspace, without what they failed of.",
  may: "jobs:read",
  request: { query: ListJobsQuery.strict() },
  returns: { 200: JobList },
  handle: async ({ ctx, services, input: { query } }) => {
    const { cursor, limit, from, dismissed, ...filter } = query;
    const options = {
      filter: {
        ...filter,
        isDismissed: dismissed === undefined ? undefined : dismissed === "true",
        from: from === undefined ? undefined : new Date(from),
      },
      after: cursor === undefined ? null : decodeJobsCursor(cursor),
      limit,
    };
    const read = (as: Actor, viewer: JobsViewer) =>
      services.database.read(as, (scope) => readJobs(scope, viewer, options));
    const viewer = jobsViewer(ctx.actor);
    const nobodys = viewer.sees === "own" ? [] : [read(OPS, { sees: "nobodys" })];
    const { jobs, next } = mergeJobs(await Promise.all([read(ctx.actor, viewer), ...nobodys]), limit);
    return ok({ jobs, nextCursor: next === null ? null : encodeJobsCursor(next) });
  },
});
