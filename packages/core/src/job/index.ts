export * from "./job.ts";
export {
  type JobHandler,
  type JobHandlers,
  type JobMore,
  type JobStep,
  type JobWork,
  jobHandler,
} from "./job-handler.ts";
export { type AnySubject, type JobSubject, type JobSubjects, jobSubject, type SubjectContext } from "./job-subject.ts";
export { JOB_SUBJECTS } from "./job-subjects.ts";
export { type JobOutcome, type JobRunner, runJob } from "./run-job.ts";
export { sweepJobs } from "./sweep-jobs.ts";
