import { bigint, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, workspaceWall } from "./columns.ts";
import { calls } from "./telephony.ts";
import { workspaces } from "./workspace.ts";

/** What must not be deleted, whatever else says so: one call, or with no call everything of the workspace. */
export const legalHolds = pgTable(
  "legal_holds",
  {
    id: id("hold", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    callId: id("call", "call_id").references(() => calls.id),
    reason: text("reason").notNull(),
    placedBy: text("placed_by").notNull(),
    placedAt: instant("placed_at").notNull().defaultNow(),
    releasedBy: text("released_by"),
    releasedAt: instant("released_at"),
  },
  (t) => [
    index("legal_holds_workspace_idx").on(t.workspaceId, t.releasedAt),
    index("legal_holds_call_idx").on(t.callId),
    workspaceWall(),
  ],
).enableRLS();

/** Where the storage and the record do not agree, or audio is not what it was; settled once they do again. */
export const storageFindings = pgTable(
  "storage_findings",
  {
    id: id("finding", "id").primaryKey(),
    /** Null for an object that nobody knows. */
    workspaceId: id("workspace", "workspace_id"),
    kind: text("kind").$type<"object_without_row" | "row_without_object" | "checksum_differs">().notNull(),
    r2Key: text("r2_key").notNull(),
    recordingId: id("recording", "recording_id"),
    detail: text("detail"),
    foundAt: instant("found_at").notNull(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    uniqueIndex("storage_findings_key_idx").on(t.kind, t.r2Key),
    index("storage_findings_open_idx").on(t.settledAt, t.foundAt),
    workspaceWall(),
  ],
).enableRLS();

/** What was used in an hour (UTC), by metric: rolled up from the record, and the same however often. */
export const usageHours = pgTable(
  "usage_hours",
  {
    workspaceId: id("workspace", "workspace_id").notNull(),
    hour: instant("hour").notNull(),
    metric: text("metric").notNull(),
    quantity: bigint("quantity", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.hour, t.metric] }), workspaceWall()],
).enableRLS();

/** The same by day (UTC). */
export const usageDays = pgTable(
  "usage_days",
  {
    workspaceId: id("workspace", "workspace_id").notNull(),
    day: instant("day").notNull(),
    metric: text("metric").notNull(),
    quantity: bigint("quantity", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.day, t.metric] }), workspaceWall()],
).enableRLS();
