export { cancelJob } from "./cancel-job.ts";
export { dismissJobs } from "./dismiss-jobs.ts";
export * from "./job.ts";
export { failureMessageForPerson } from "./job-failure.ts";
export {
  type JobHandler,
  type JobHandlers,
  type JobMore,
  type JobStep,
  type JobUnasked,
  type JobWork,
  jobHandler,
} from "./job-handler.ts";
export { type AnySubject, type JobSubject, type JobSubjects, jobSubject, type SubjectContext } from "./job-subject.ts";
export { JOB_SUBJECTS } from "./job-subjects.ts";
export { type JobOutcome, type JobRunner, runJob } from "./run-job.ts";
export { runJobsAgain } from "./run-jobs-again.ts";
export { sweepJobs } from "./sweep-jobs.ts";
