import { z } from "zod";
import { CallId, CronRunId, JobId } from "../ids.ts";
import { Instant, ListedInstant } from "./call.ts";

/** The scheduled works, by name. */
export const CronName = z
  .enum([
    "sweep",
    "reconcile",
    "expire",
    "uploads",
    "retention",
    "trash",
    "orphans",
    "checksums",
    "usage",
    "audit_heads",
    "partitions",
    "digest",
  ])
  .meta({ id: "CronName" });
export type CronName = z.infer<typeof CronName>;
export const CronRunState = z.enum(["running", "done", "failed"]).meta({ id: "CronRunState" });
export type CronRunState = z.infer<typeof CronRunState>;

export const CronRunView = z
  .object({
    id: CronRunId,
    startedAt: Instant,
    durationMs: z.int().nullable(),
    state: CronRunState,
    result: z.record(z.string(), z.int()).nullable().describe("What was found and done, as counts"),
    error: z.string().nullable(),
    isByHand: z.boolean(),
  })
  .meta({ id: "CronRunView" });
export type CronRunView = z.infer<typeof CronRunView>;

/** A scheduled work, and how it last went. `isLate`: the schedule says that it should have run since. */
export const CronView = z
  .object({ name: CronName, schedule: z.string(), lastRun: CronRunView.nullable(), isLate: z.boolean() })
  .meta({ id: "CronView" });
export type CronView = z.infer<typeof CronView>;

/**
 * Jobs by queue, as the record has them: what waits and is due, how old the oldest is, what runs, what is dead. `unknown` has those
 * of kinds that the version that runs does not know, where there are any: nobody runs them.
 */
export const QueueView = z
  .object({
    name: z.string(),
    waiting: z.int(),
    /** Not due yet: as a rule they failed and are tried again later. */
    putOff: z.int(),
    oldestWaitMs: z.int().nullable(),
    running: z.int(),
    dead: z.int(),
    doneLastHour: z.int(),
    /** Twelve counts of what was done, five minutes each, oldest first. */
    doneByFiveMinutes: z.array(z.int()).length(12),
  })
  .meta({ id: "QueueView" });
export type QueueView = z.infer<typeof QueueView>;

/** What lies on a queue that carries something else than jobs, as the platform counts it, and for how long the oldest has. */
export const BacklogView = z
  .object({ name: z.string(), waiting: z.int(), oldestWaitMs: z.int().nullable() })
  .meta({ id: "BacklogView" });
export type BacklogView = z.infer<typeof BacklogView>;

/** A vendor as its last requests show it. `open`: it is let alone until `retryAt`; `half_open`: one is let through to try. */
export const VendorHealthView = z
  .object({
    vendor: z.string(),
    breaker: z.enum(["closed", "open", "half_open"]),
    since: Instant.nullable(),
    retryAt: Instant.nullable(),
    running: z.int(),
    atMost: z.int(),
    recentRequests: z.int(),
    recentFailures: z.int(),
    p95Ms: z.int().nullable(),
    lastFailure: z.object({ at: Instant, code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: "VendorHealthView" });
export type VendorHealthView = z.infer<typeof VendorHealthView>;

/** The queue's own name of a message. */
export const DeadMessageId = z.string().min(1).max(200);

/** Messages that one queue gave up for one reason. What they carried is not shown: it may be of any workspace. */
export const DeadMessageGroupView = z
  .object({
    queue: z.string(),
    reason: z.string(),
    count: z.int(),
    newestAt: Instant,
  })
  .meta({ id: "DeadMessageGroupView" });
export type DeadMessageGroupView = z.infer<typeof DeadMessageGroupView>;

/** So many are named in one request, or sent again by one: each of those is a call of another worker's. */
export const MAX_MESSAGES_AT_ONCE = 100;
/** Which messages that queues gave up: by id, or all of one queue and reason that nobody has dealt with. */
export const PickDeadMessages = z
  .union([
    z.strictObject({ messageIds: z.array(DeadMessageId).min(1).max(MAX_MESSAGES_AT_ONCE) }),
    z.strictObject({
      queue: z.string().max(100),
      reason: z.string().max(1_000),
      until: ListedInstant.optional().describe("Those that were given up by then"),
    }),
  ])
  .meta({ id: "PickDeadMessages" });
export type PickDeadMessages = z.infer<typeof PickDeadMessages>;

export const DeadMessagesSent = z
  .object({
    changed: z.int().describe("How many were sent again"),
    refused: z
      .array(z.object({ messageId: DeadMessageId, reason: z.string() }))
      .describe("Those that nobody could do anything with: they stay as they are"),
  })
  .meta({ id: "DeadMessagesSent" });
export type DeadMessagesSent = z.infer<typeof DeadMessagesSent>;

/** Dead jobs with the same kind and cause. */
export const DeadGroupView = z
  .object({
    kind: z.string(),
    code: z.string(),
    message: z.string(),
    count: z.int(),
    newestJobId: JobId,
    newestAt: Instant,
  })
  .meta({ id: "DeadGroupView" });
export type DeadGroupView = z.infer<typeof DeadGroupView>;

/** A call some of whose answered seconds are in no audio. */
export const CoverageShortfallView = z
  .object({ callId: CallId, label: z.string(), startedAt: Instant, missingMs: z.int() })
  .meta({ id: "CoverageShortfallView" });
export type CoverageShortfallView = z.infer<typeof CoverageShortfallView>;

/** How the system does: jobs, shortfalls and storage of this workspace; queues, vendors, runs of the whole deployment. */
export const OpsView = z
  .object({
    at: Instant,
    queues: z.array(QueueView),
    backlogs: z.array(BacklogView).describe("Of notices, facts and news of mails; without those that do not answer"),
    deadGroups: z.array(DeadGroupView),
    lastDeadAt: Instant.nullable(),
    deadMessages: z.array(DeadMessageGroupView),
    crons: z.array(CronView),
    vendors: z.array(VendorHealthView),
    outbox: z.object({ waiting: z.int(), oldestWaitMs: z.int().nullable(), failing: z.int() }),
    coverage: z.array(CoverageShortfallView),
    storage: z.object({
      audioBytes: z.int(),
      recordings: z.int(),
      inTrash: z.int(),
      held: z.int(),
      findings: z.int(),
      lastChecksumAt: Instant.nullable(),
    }),
  })
  .meta({ id: "OpsView" });
export type OpsView = z.infer<typeof OpsView>;
