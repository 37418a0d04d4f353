import type { MailDelivery, MailKind } from "@earwitness/core";
import type { OptionalMailKind } from "@earwitness/shared";
import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, systemWallWithDoor, workspaceWallWithDoor } from "./columns.ts";

/** A mail to be sent by a job. Its words and links are made when it is sent; no secret that a link carries is kept. */
export const mails = pgTable(
  "mails",
  {
    id: id("mail", "id").primaryKey(),
    /** Null for a mail to somebody who is in no workspace yet. */
    workspaceId: id("workspace", "workspace_id"),
    kind: text("kind").$type<MailKind>().notNull(),
    to: text("to_address").notNull(),
    /** What the mail is about, by id and plain values; never a secret. */
    about: jsonb("about").$type<Record<string, string>>().notNull(),
    state: text("state").$type<"queued" | "sent" | "rejected">().notNull().default("queued"),
    providerMailId: text("provider_mail_id"),
    reason: text("reason"),
    /** What the provider told of it after it was handed over. */
    delivery: text("delivery").$type<MailDelivery>(),
    deliveryAt: instant("delivery_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    index("mails_created_idx").on(t.createdAt),
    index("mails_provider_idx").on(t.providerMailId),
    workspaceWallWithDoor(),
  ],
).enableRLS();

/** Addresses that no mail goes to any more, until whoever owns them asks for one. */
export const mailSuppressions = pgTable(
  "mail_suppressions",
  {
    address: text("address").primaryKey(),
    reason: text("reason").$type<"bounced" | "complained" | "suppressed">().notNull(),
    detail: text("detail"),
    at: instant("at").notNull(),
  },
  () => [systemWallWithDoor()],
).enableRLS();

/** Kinds of mail that an address has said no to. */
export const mailUnsubscribes = pgTable(
  "mail_unsubscribes",
  {
    address: text("address").notNull(),
    kind: text("kind").$type<OptionalMailKind>().notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.address, t.kind] }), systemWallWithDoor()],
).enableRLS();

/** Notices of the mail provider, byte for byte, each once. */
export const mailNotices = pgTable(
  "mail_notices",
  {
    id: text("id").primaryKey(),
    type: text("type").notNull(),
    providerMailId: text("provider_mail_id"),
    receivedAt: instant("received_at").notNull(),
    body: text("body").notNull(),
    /** Null until its effect is in the record. */
    appliedAt: instant("applied_at"),
  },
  () => [systemWallWithDoor()],
).enableRLS();

/** What visitors wrote by the contact form. */
export const contacts = pgTable(
  "contacts",
  {
    id: id("contact", "id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    text: text("text").notNull(),
    jobId: id("job", "job_id").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [index("contacts_created_idx").on(t.createdAt), systemWallWithDoor()],
).enableRLS();
