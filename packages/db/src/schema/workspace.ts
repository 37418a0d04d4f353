import type { Role } from "@earwitness/core";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, workspaceWall } from "./columns.ts";
import { users } from "./identity.ts";

export const workspaces = pgTable("workspaces", {
  id: id("workspace", "id").primaryKey(),
  name: text("name").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const memberships = pgTable(
  "memberships",
  {
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    userId: id("user", "user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").$type<Role>().notNull(),
    /** E.164: where a call is transferred to that is meant for this person. */
    phone: text("phone"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index("memberships_user_idx").on(t.userId)],
);

export const apiKeys = pgTable(
  "api_keys",
  {
    id: id("apiKey", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    name: text("name").notNull(),
    prefix: text("prefix").notNull(),
    keySha256: text("key_sha256").notNull().unique(),
    scope: text("scope").$type<"read" | "write">().notNull(),
    createdBy: id("user", "created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("api_keys_workspace_idx").on(t.workspaceId)],
);

/** What an Idempotency-Key stands for, kept for a day. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    key: text("key").notNull(),
    requestSha256: text("request_sha256").notNull(),
    /** What the request is about to cause, settled before it is caused. */
    body: jsonb("body").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] }), workspaceWall()],
).enableRLS();

export const numbers = pgTable(
  "numbers",
  {
    id: id("number", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    e164: text("e164").notNull(),
    carrierNumberId: text("carrier_number_id"),
    label: text("label"),
    announcement: text("announcement"),
    recordInbound: boolean("record_inbound").notNull().default(true),
    recordOutbound: boolean("record_outbound").notNull().default(true),
    language: text("language"),
    keyTerms: jsonb("key_terms").$type<string[]>().notNull().default([]),
    deleteCarrierCopy: boolean("delete_carrier_copy").notNull().default(false),
    liveCaptions: boolean("live_captions").notNull().default(true),
    version: integer("version").notNull().default(1),
    publishedVersion: integer("published_version"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("numbers_e164_idx").on(t.e164),
    index("numbers_workspace_idx").on(t.workspaceId),
    workspaceWall(),
  ],
).enableRLS();
