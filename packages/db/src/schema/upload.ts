import type { UploadKind, UploadState } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, sizeBytes, workspaceWall } from "./columns.ts";
import { users } from "./identity.ts";
import { workspaces } from "./workspace.ts";

/** A file that a person or program puts into the storage itself: announced, put, compared with what was announced, taken over. */
export const uploads = pgTable(
  "uploads",
  {
    id: id("upload", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    kind: text("kind").$type<UploadKind>().notNull(),
    contentType: text("content_type").notNull(),
    sizeBytes: sizeBytes("size_bytes").notNull(),
    sha256: text("sha256").notNull(),
    state: text("state").$type<UploadState>().notNull(),
    /** Where it lies: in quarantine until it is accepted, then under its final key. */
    r2Key: text("r2_key").notNull().unique(),
    /** Why it was refused, as a sentence. */
    reason: text("reason"),
    /** What was posted of it after it arrived. */
    metadata: jsonb("metadata").$type<Record<string, unknown>>(),
    callId: id("call", "call_id"),
    createdBy: id("user", "created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    index("uploads_state_idx").on(t.state, t.expiresAt),
    index("uploads_workspace_idx").on(t.workspaceId),
    // A purge looks for what was uploaded of its call.
    index("uploads_call_idx").on(t.callId).where(sql`${t.callId} is not null`),
    workspaceWall(),
  ],
).enableRLS();
