import type { RetentionKind, Role } from "@earwitness/shared";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, workspaceWall, workspaceWallWithDoor } from "./columns.ts";
import { users } from "./identity.ts";

export const workspaces = pgTable(
  "workspaces",
  {
    id: id("workspace", "id").primaryKey(),
    name: text("name").notNull(),
    /** Whether agents see every call; otherwise those that they placed, took part in, or that came to a number of theirs. */
    agentsSeeAllCalls: boolean("agents_see_all_calls").notNull().default(false),
    /** What new numbers begin with. */
    announcement: text("announcement"),
    language: text("language"),
    /** Words of the trade, for every number's captions and transcripts, besides the number's own. */
    keyTerms: jsonb("key_terms").$type<string[]>().notNull().default([]),
    /** For how many days recordings and transcripts are to be kept; null: for good. */
    retentionDays: integer("retention_days"),
    /** For how many days each kind of data is kept; a kind that is left out is kept for good. */
    retention: jsonb("retention").$type<Partial<Record<RetentionKind, number>>>().notNull().default({}),
    /** Origins of browsers' pages that may call the API with a key or token. */
    allowedOrigins: jsonb("allowed_origins").$type<string[]>().notNull().default([]),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  () => [workspaceWallWithDoor("id")],
).enableRLS();

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
    /** Keeps its place and its history, and may do nothing while it is set. */
    suspendedAt: instant("suspended_at"),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    index("memberships_user_idx").on(t.userId),
    workspaceWallWithDoor(),
  ],
).enableRLS();

/** A place in the workspace that waits for somebody. The token itself is only in the mail. */
export const invitations = pgTable(
  "invitations",
  {
    id: id("invitation", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    tokenSha256: text("token_sha256").notNull().unique(),
    invitedBy: id("user", "invited_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    index("invitations_workspace_idx").on(t.workspaceId),
    index("invitations_email_idx").on(t.email),
    workspaceWallWithDoor(),
  ],
).enableRLS();

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
    /** Null: until it is revoked. */
    expiresAt: instant("expires_at"),
  },
  (t) => [index("api_keys_workspace_idx").on(t.workspaceId), workspaceWallWithDoor()],
).enableRLS();

/** One exchange of a key for short-lived tokens, with every refresh that came of it. Revoked as a whole. */
export const tokenFamilies = pgTable(
  "token_families",
  {
    id: id("tokenFamily", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    apiKeyId: id("apiKey", "api_key_id")
      .notNull()
      .references(() => apiKeys.id),
    /** At most the key's own. */
    scope: text("scope").$type<"read" | "write">().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    /** `reused`: an old refresh token came again, so that somebody has stolen one. */
    revokedReason: text("revoked_reason").$type<"asked" | "reused" | "key_revoked">(),
  },
  (t) => [index("token_families_key_idx").on(t.apiKeyId), workspaceWallWithDoor()],
).enableRLS();

/** Refresh tokens, by hash; each works once. */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    tokenSha256: text("token_sha256").primaryKey(),
    workspaceId: id("workspace", "workspace_id").notNull(),
    familyId: id("tokenFamily", "family_id")
      .notNull()
      .references(() => tokenFamilies.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    usedAt: instant("used_at"),
  },
  (t) => [index("refresh_tokens_family_idx").on(t.familyId), workspaceWallWithDoor()],
).enableRLS();

/** What an Idempotency-Key stands for, kept for a day. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    key: text("key").notNull(),
    requestSha256: text("request_sha256").notNull(),
    /** What the request is about to cause, settled before it is caused; or the answer, sealed with the key that the client holds. */
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

/** Who of the agents answers at a number: its calls are theirs to see. */
export const numberMembers = pgTable(
  "number_members",
  {
    workspaceId: id("workspace", "workspace_id").notNull(),
    numberId: id("number", "number_id")
      .notNull()
      .references(() => numbers.id, { onDelete: "cascade" }),
    userId: id("user", "user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.numberId, t.userId] }),
    index("number_members_user_idx").on(t.userId),
    workspaceWall(),
  ],
).enableRLS();
