import type { JobError, JobKind } from "@earwitness/core";
import type { CronName, CronRunState, JobState } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, sizeBytes, workspaceWall } from "./columns.ts";

/** One row a unit of slow work. `key` makes one job of the same wish asked twice. */
export const jobs = pgTable(
  "jobs",
  {
    id: id("job", "id").primaryKey(),
    /** Null for work that is nobody's yet: a mail to somebody who is in no workspace. */
    workspaceId: id("workspace", "workspace_id"),
    kind: text("kind").$type<JobKind>().notNull(),
    key: text("key").notNull(),
    payload: jsonb("payload").$type<Record<string, string>>().notNull(),
    state: text("state").$type<JobState>().notNull().default("queued"),
    attempts: integer("attempts").notNull().default(0),
    runAfter: instant("run_after").notNull().defaultNow(),
    /** Whoever runs it holds it until then; past it the job may be taken up again. */
    leasedUntil: instant("leased_until"),
    /** When a message for it was last put on its queue; the sweep sends another when that is long ago. */
    enqueuedAt: instant("enqueued_at"),
    lastError: jsonb("last_error").$type<Omit<JobError, "attempt" | "vendor"> & Partial<JobError>>(),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** The call that it is about, for whoever reads of it. */
    callId: id("call", "call_id"),
    /** The person or key that asked for it; null for what follows from something else. */
    requestedBy: text("requested_by"),
    /** When the present or last attempt was begun. */
    startedAt: instant("started_at"),
    /** How far a long one is: of `progressTotal`, null while that is not known, in `progressUnit`. */
    progressDone: sizeBytes("progress_done"),
    progressTotal: sizeBytes("progress_total"),
    progressUnit: text("progress_unit").$type<"bytes" | "rows" | "calls" | "files">(),
    /** It ends at its next step. */
    cancelRequestedAt: instant("cancel_requested_at"),
    /** Somebody has seen that it is dead, and leaves it so. */
    dismissedAt: instant("dismissed_at"),
  },
  (t) => [
    uniqueIndex("jobs_key_idx").on(t.key),
    index("jobs_due_idx").on(t.state, t.runAfter),
    index("jobs_list_idx").on(t.workspaceId, t.state, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("jobs_finished_idx").on(t.finishedAt),
    workspaceWall(),
  ],
).enableRLS();

/**
 * Attempts that came to nothing, each with what the vendor answered. Partitioned by month (see the migration), so that old ones
 * are dropped, not deleted.
 */
export const jobFailures = pgTable(
  "job_failures",
  {
    jobId: id("job", "job_id").notNull(),
    workspaceId: id("workspace", "workspace_id"),
    attempt: integer("attempt").notNull(),
    at: instant("at").notNull(),
    code: text("code").notNull(),
    message: text("message").notNull(),
    vendor: text("vendor"),
    vendorStatus: integer("vendor_status"),
    vendorRequestId: text("vendor_request_id"),
    /** The beginning of the vendor's answer. */
    vendorAnswer: text("vendor_answer"),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.attempt, t.at] }), workspaceWall()],
).enableRLS();

/** Effects committed with the state that caused them; a row is deleted once its effect is out. */
export const outbox = pgTable(
  "outbox",
  {
    id: id("outbox", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id"),
    kind: text("kind").$type<"job" | "live" | "routing" | "session_closed" | "session_renewed">().notNull(),
    payload: jsonb("payload").$type<Record<string, string | null>>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().defaultNow(),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    index("outbox_due_idx").on(t.nextAttemptAt),
    // News of a call looks for older news of the same call that is not out yet.
    index("outbox_call_idx").on(sql`(${t.payload} ->> 'callId')`, t.id).where(sql`${t.kind} = 'live'`),
    workspaceWall(),
  ],
).enableRLS();

/** Queue messages that were given up, with what they carried and why. */
export const deadLetters = pgTable("dead_letters", {
  id: text("id").primaryKey(),
  queue: text("queue").notNull(),
  body: jsonb("body").notNull(),
  reason: text("reason").notNull(),
  at: instant("at").notNull().defaultNow(),
  /** When it was put on its queue again. */
  sentAgainAt: instant("sent_again_at"),
  dismissedAt: instant("dismissed_at"),
});

/** Every run of a scheduled work: when, how long, what came of it. */
export const cronRuns = pgTable(
  "cron_runs",
  {
    id: id("cronRun", "id").primaryKey(),
    name: text("name").$type<CronName>().notNull(),
    /** The person who started it by hand; null for the schedule. */
    requestedBy: text("requested_by"),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    state: text("state").$type<CronRunState>().notNull(),
    /** What was found and done, as counts. */
    result: jsonb("result").$type<Record<string, number>>(),
    error: text("error"),
  },
  (t) => [index("cron_runs_name_idx").on(t.name, t.startedAt.desc().nullsFirst())],
);

/** Where a scheduled work that does a part at a time goes on. Its row is also what two runs at once wait for each other by. */
export const cronPositions = pgTable("cron_positions", {
  name: text("name").primaryKey(),
  /** Null: from the beginning. */
  position: text("position"),
  updatedAt: instant("updated_at").notNull(),
});
