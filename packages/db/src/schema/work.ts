import type { JobKind, JobState } from "@earwitness/core";
import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, workspaceWall } from "./columns.ts";

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
    lastError: jsonb("last_error").$type<{ code: string; message: string; at: string }>(),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
  },
  (t) => [uniqueIndex("jobs_key_idx").on(t.key), index("jobs_due_idx").on(t.state, t.runAfter), workspaceWall()],
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
  (t) => [index("outbox_due_idx").on(t.nextAttemptAt), workspaceWall()],
).enableRLS();

/** Queue messages that were given up, with what they carried and why. */
export const deadLetters = pgTable("dead_letters", {
  id: text("id").primaryKey(),
  queue: text("queue").notNull(),
  body: jsonb("body").notNull(),
  reason: text("reason").notNull(),
  at: instant("at").notNull().defaultNow(),
});
