import type { ExportFormat, ExportKind, ExportState, ImportState } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, sizeBytes, workspaceWall } from "./columns.ts";
import { workspaces } from "./workspace.ts";

/** Files that people asked for: written by a job, step by step, and fetched from the storage until they expire. */
export const exports = pgTable(
  "exports",
  {
    id: id("export", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    kind: text("kind").$type<ExportKind>().notNull(),
    format: text("format").$type<ExportFormat>().notNull(),
    /** Which rows: as they were asked for. */
    filter: jsonb("filter").$type<Record<string, unknown>>().notNull(),
    /** An agent's export holds what that agent sees. */
    requestedBy: text("requested_by").notNull(),
    sees: text("sees").$type<"all" | "own">().notNull(),
    state: text("state").$type<ExportState>().notNull(),
    jobId: id("job", "job_id"),
    /** Where the next step begins: the multipart upload, its parts, and the last row that is in them. */
    progress: jsonb("progress").$type<Record<string, unknown>>(),
    rowCount: integer("row_count").notNull().default(0),
    sizeBytes: sizeBytes("size_bytes"),
    sha256: text("sha256"),
    r2Key: text("r2_key"),
    reason: text("reason"),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    expiresAt: instant("expires_at"),
  },
  (t) => [
    index("exports_list_idx").on(t.workspaceId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("exports_expiry_idx").on(t.state, t.expiresAt),
    workspaceWall(),
  ],
).enableRLS();

/** Recordings taken over in bulk: a table of metadata, and the files that it names. */
export const imports = pgTable(
  "imports",
  {
    id: id("import", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    /** The folder of the storage in which the table and the files lie. */
    prefix: text("prefix").notNull(),
    requestedBy: text("requested_by").notNull(),
    state: text("state").$type<ImportState>().notNull(),
    jobId: id("job", "job_id"),
    rowCount: integer("row_count"),
    reason: text("reason"),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
  },
  (t) => [index("imports_list_idx").on(t.workspaceId, t.createdAt.desc().nullsFirst()), workspaceWall()],
).enableRLS();

/** One line of an import's table, once. */
export const importRows = pgTable(
  "import_rows",
  {
    importId: id("import", "import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    workspaceId: id("workspace", "workspace_id").notNull(),
    /** Counted from 1, the heading left out. */
    line: integer("line").notNull(),
    /** Empty once its call was purged: people name files by numbers. */
    fileKey: text("file_key").notNull(),
    state: text("state").$type<"waiting" | "taken" | "refused">().notNull(),
    /** What was said of the recording, and the ids that it gets; null for a line that is settled. */
    details: jsonb("details").$type<Record<string, unknown>>(),
    callId: id("call", "call_id"),
    reason: text("reason"),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.line] }),
    index("import_rows_waiting_idx")
      .on(t.importId, t.line)
      .where(sql`${t.state} = ${sql.raw("'waiting'")}`),
    // A purge looks for the line that its call came of.
    index("import_rows_call_idx").on(t.callId).where(sql`${t.callId} is not null`),
    workspaceWall(),
  ],
).enableRLS();
