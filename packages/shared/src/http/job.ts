import { z } from "zod";
import { CallId, JobId } from "../ids.ts";
import { Instant, ListedInstant } from "./call.ts";

/** `dead`: given up after the last attempt; a person can run it again, or dismiss it. */
export const JobState = z.enum(["queued", "running", "done", "dead", "cancelled"]).meta({ id: "JobState" });
export type JobState = z.infer<typeof JobState>;

/** Why an attempt came to nothing, with what the vendor answered. */
export const JobFailureView = z
  .object({
    attempt: z.int(),
    at: Instant,
    code: z.string(),
    message: z.string().describe("What happened, as a sentence"),
    vendor: z
      .object({
        name: z.string(),
        status: z.int().nullable(),
        requestId: z.string().nullable(),
        answer: z.string().nullable().describe("The beginning of what it answered"),
      })
      .nullable(),
  })
  .meta({ id: "JobFailureView" });
export type JobFailureView = z.infer<typeof JobFailureView>;

/** One unit of slow work. */
export const JobView = z
  .object({
    id: JobId,
    kind: z.string(),
    queue: z.string().nullable().describe("Null where the kind is not known to the version that runs"),
    state: JobState,
    callId: CallId.nullable().describe("The call that it is about"),
    callLabel: z.string().nullable().describe("That call, as a person names it"),
    requestedBy: z.string().nullable().describe("The person or key that asked for it; null for what follows by itself"),
    attempts: z.int(),
    maxAttempts: z.int().nullable().describe("Null where the kind is not known to the version that runs"),
    progress: z
      .object({
        done: z.int(),
        total: z.int().nullable(),
        unit: z.enum(["bytes", "rows", "calls", "files"]),
      })
      .nullable(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    dueAt: Instant.nullable().describe("When the next attempt may begin"),
    finishedAt: Instant.nullable(),
    isCancelling: z.boolean(),
    isDismissed: z.boolean(),
    lastFailure: JobFailureView.nullable(),
  })
  .meta({ id: "JobView" });
export type JobView = z.infer<typeof JobView>;

/** A job with each attempt that failed, newest first. */
export const JobDetail = JobView.extend({ failures: z.array(JobFailureView) }).meta({ id: "JobDetail" });
export type JobDetail = z.infer<typeof JobDetail>;

export const JobList = z.object({ jobs: z.array(JobView), nextCursor: z.string().nullable() }).meta({ id: "JobList" });
export type JobList = z.infer<typeof JobList>;

const MAX_PAGE_SIZE = 100;
export const ListJobsQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
  state: JobState.optional(),
  kind: z.string().max(60).optional(),
  code: z.string().max(60).optional().describe("Those whose last attempt failed of it"),
  dismissed: z.enum(["true", "false"]).optional().describe("`true`: dismissed ones alone; `false`: the others"),
  from: ListedInstant.optional().describe("Begun at or after"),
});
export type ListJobsQuery = z.infer<typeof ListJobsQuery>;

/** What a request is answered with that begins slow work: ask `GET /v1/jobs/{jobId}`, or listen for live news of `job`. */
export const AcceptedJob = z.object({ jobId: JobId }).meta({ id: "AcceptedJob" });
export type AcceptedJob = z.infer<typeof AcceptedJob>;

const MAX_AT_ONCE = 500;
/** Which dead jobs: by id, dismissed or not; or all of one kind and cause that nobody has dismissed. */
export const PickJobs = z
  .union([
    z.strictObject({ jobIds: z.array(JobId).min(1).max(MAX_AT_ONCE) }),
    z.strictObject({ kind: z.string().max(60), code: z.string().max(60).optional() }),
  ])
  .meta({ id: "PickJobs" });
export type PickJobs = z.infer<typeof PickJobs>;
export const PickedJobs = z.object({ changed: z.int() }).meta({ id: "PickedJobs" });
export type PickedJobs = z.infer<typeof PickedJobs>;

export const JobsRunAgain = z
  .object({
    changed: z.int().describe("How many run again"),
    refused: z
      .array(z.object({ jobId: JobId, reason: z.string() }))
      .describe("Dead ones that cannot be run again now, and stay dead"),
  })
  .meta({ id: "JobsRunAgain" });
export type JobsRunAgain = z.infer<typeof JobsRunAgain>;
