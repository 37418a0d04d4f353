import type { AccountProvider, SignInMethod } from "@earwitness/shared";
import { index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant } from "./columns.ts";

export const users = pgTable("users", {
  id: id("user", "id").primaryKey(),
  email: text("email").notNull().unique(),
  name: text("name"),
  image: text("image"),
  emailVerifiedAt: instant("email_verified_at"),
  createdAt: instant("created_at").notNull().defaultNow(),
  /** Nobody acts as them while it is set. */
  suspendedAt: instant("suspended_at"),
});

/** A user's identity at another provider. Access tokens are not kept. */
export const accounts = pgTable(
  "accounts",
  {
    id: id("account", "id").primaryKey(),
    userId: id("user", "user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    provider: text("provider").$type<AccountProvider>().notNull(),
    providerAccountId: text("provider_account_id").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [uniqueIndex("accounts_provider_idx").on(t.provider, t.providerAccountId)],
);

/** The token itself is only in the browser's cookie. */
export const sessions = pgTable(
  "sessions",
  {
    id: id("session", "id").primaryKey(),
    tokenSha256: text("token_sha256").notNull().unique(),
    userId: id("user", "user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** How they signed in; null where that was not kept yet. */
    method: text("method").$type<SignInMethod>(),
    /** The browser as it last named itself, and where it last came from: what a list of devices shows. */
    userAgent: text("user_agent"),
    ipAddress: text("ip_address"),
    lastSeenAt: instant("last_seen_at"),
    /** Where they work in this browser; null is their oldest membership. */
    workspaceId: id("workspace", "workspace_id"),
    /** Set when what the person may do has changed: the next request is given a new token. */
    rotateAfter: instant("rotate_after"),
    /** When the present token was handed out; null for a session's first. */
    tokenOfferedAt: instant("token_offered_at"),
    /**
     * The token before the present one. It is good until `previousExpiresAt`, for requests that were under way; while that is
     * null the present token has not come back yet: its answer may have been lost, and this one is all that the browser has.
     */
    previousSha256: text("previous_sha256").unique(),
    previousExpiresAt: instant("previous_expires_at"),
  },
  (t) => [index("sessions_user_idx").on(t.userId), index("sessions_expires_idx").on(t.expiresAt)],
);

export const verificationTokens = pgTable(
  "verification_tokens",
  {
    identifier: text("identifier").notNull(),
    tokenSha256: text("token_sha256").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.identifier, t.tokenSha256] })],
);
