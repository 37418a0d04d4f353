import type { CronName, JobList, PickDeadMessages, PickJobs } from "@earwitness/shared";
import { queryOptions } from "@tanstack/react-query";
import { command, request } from "./request.ts";

/** So many of a group, or of what runs, are shown at once; the counts are those of all. */
const JOBS_SHOWN = 50;

/** How the system does. */
export const opsQuery = queryOptions({
  queryKey: ["ops"],
  queryFn: ({ signal }) => request({ path: "/ops", signal, returns: (contract) => contract.OpsView }),
});

/** The jobs of the workspace that run now. */
export const runningJobsQuery = queryOptions({
  queryKey: ["jobs", "running"],
  queryFn: ({ signal }) => listJobs({ state: "running" }, signal),
});

/** The newest dead jobs of a kind and cause that nobody has dismissed. */
export function deadJobsQuery(kind: string, code: string) {
  return queryOptions({
    queryKey: ["jobs", "dead", kind, code],
    queryFn: ({ signal }) => listJobs({ state: "dead", kind, code, dismissed: "false" }, signal),
  });
}

function listJobs(filter: Record<string, string>, signal: AbortSignal): Promise<JobList> {
  const search = new URLSearchParams({ ...filter, limit: String(JOBS_SHOWN) });
  return request({ path: `/jobs?${search}`, signal, returns: (contract) => contract.JobList });
}

/** Puts dead jobs on their queue again, as if they had never been tried. */
export function runAgain(body: PickJobs) {
  return request({ path: "/jobs/run-again", method: "POST", body, returns: (contract) => contract.JobsRunAgain });
}

/** Leaves dead jobs as they are, out of sight. */
export function dismissJobs(body: PickJobs) {
  return request({ path: "/jobs/dismiss", method: "POST", body, returns: (contract) => contract.PickedJobs });
}

/** Has a job end at its next step. */
export function cancelJob(jobId: string): Promise<void> {
  return command({ path: `/jobs/${jobId}/cancel`, method: "POST" });
}

/** Runs a scheduled work now. */
export function runCron(name: CronName) {
  return request({ path: `/crons/${name}/run`, method: "POST", returns: (contract) => contract.AcceptedJob });
}

/** Puts messages that a queue gave up on their queue again. */
export function sendAgain(body: PickDeadMessages) {
  return request({
    path: "/dead-messages/send-again",
    method: "POST",
    body,
    returns: (contract) => contract.DeadMessagesSent,
  });
}

/** Leaves messages given up, out of sight. */
export function dismissMessages(body: PickDeadMessages) {
  return request({ path: "/dead-messages/dismiss", method: "POST", body, returns: (contract) => contract.PickedJobs });
}
