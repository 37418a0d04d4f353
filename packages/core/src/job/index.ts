export * from "./job.ts";
export { type JobHandler, type JobHandlers, type JobWork, jobHandler } from "./job-handler.ts";
export { type JobOutcome, runJob } from "./run-job.ts";
export { sweepJobs } from "./sweep-jobs.ts";
