import type { MailKind } from "@earwitness/core";
import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, workspaceWallWithDoor } from "./columns.ts";

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
    createdAt: instant("created_at").notNull().defaultNow(),
    settledAt: instant("settled_at"),
  },
  (t) => [index("mails_created_idx").on(t.createdAt), workspaceWallWithDoor()],
).enableRLS();
