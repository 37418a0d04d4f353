import { index, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, workspaceWallWithDoor } from "./columns.ts";

/** Requests that came with an Idempotency-Key, with their answers, for a day. */
export const answeredRequests = pgTable(
  "answered_requests",
  {
    /** SHA-256 of who asked and the key: the key itself is only the client's. */
    name: text("name").primaryKey(),
    /** Null for a person who acts in no workspace. */
    workspaceId: id("workspace", "workspace_id"),
    requestSha256: text("request_sha256").notNull(),
    /** Which of the requests by this name holds it. */
    attempt: text("attempt").notNull(),
    /** `begun`: nothing is done yet. `done`: it is, and committed with this. `answered`: and the answer is kept. */
    state: text("state").$type<"begun" | "done" | "answered">().notNull(),
    /** Sealed with the client's key: it may hold what is told once. */
    answer: text("answer"),
    begunAt: instant("begun_at").notNull(),
  },
  (t) => [index("answered_requests_begun_idx").on(t.begunAt), workspaceWallWithDoor()],
).enableRLS();
