import type { AuditAction } from "@earwitness/shared";
import type { AuditLine } from "@earwitness/shared/audit";
import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, workspaceWall } from "./columns.ts";
import { workspaces } from "./workspace.ts";

/**
 * Who did what to which object, from where. Rows are only ever added: each holds the hash of the one before it, so that none can
 * be altered or taken out unseen.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    /** Counts from 1 within the workspace, without a gap. */
    n: integer("n").notNull(),
    at: instant("at").notNull(),
    actorKind: text("actor_kind").$type<"user" | "apiKey" | "system">().notNull(),
    actorId: text("actor_id"),
    action: text("action").$type<AuditAction>().notNull(),
    objectKind: text("object_kind").notNull(),
    objectId: text("object_id").notNull(),
    details: jsonb("details").$type<AuditLine["details"]>().notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    requestId: text("request_id"),
    previousSha256: text("previous_sha256").notNull(),
    sha256: text("sha256").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.n] }),
    index("audit_entries_object_idx").on(t.workspaceId, t.objectId, t.n),
    index("audit_entries_actor_idx").on(t.workspaceId, t.actorId, t.n),
    index("audit_entries_action_idx").on(t.workspaceId, t.action, t.n),
    workspaceWall(),
  ],
).enableRLS();

/** Where each workspace's log ends: the row that the next entry locks, and by which a log that was cut short is found out. */
export const auditHeads = pgTable(
  "audit_heads",
  {
    workspaceId: id("workspace", "workspace_id")
      .primaryKey()
      .references(() => workspaces.id),
    n: integer("n").notNull(),
    sha256: text("sha256").notNull(),
  },
  () => [workspaceWall()],
).enableRLS();
