import type { CaptionWord, GapReason, LiveChannel } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, sizeBytes, workspaceWall } from "./columns.ts";
import { calls } from "./telephony.ts";

const ofCall = {
  workspaceId: id("workspace", "workspace_id").notNull(),
  callId: id("call", "call_id")
    .notNull()
    .references(() => calls.id),
};

/** What was captioned while it was spoken. Positions are ms since the answer. */
export const captions = pgTable(
  "captions",
  {
    ...ofCall,
    captionId: text("caption_id").notNull(),
    channel: text("channel").$type<LiveChannel>().notNull(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
    text: text("text").notNull(),
    words: jsonb("words").$type<CaptionWord[]>().notNull(),
    language: text("language"),
  },
  (t) => [primaryKey({ columns: [t.callId, t.captionId] }), workspaceWall()],
).enableRLS();

/** The call's sound as it came while it was spoken, in pieces of some 25 s. Positions are ms since the answer. */
export const recordingChunks = pgTable(
  "recording_chunks",
  {
    ...ofCall,
    chunk: integer("chunk").notNull(),
    r2Key: text("r2_key").notNull(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
    sizeBytes: sizeBytes("size_bytes").notNull(),
    held: jsonb("held").$type<{ startMs: number; endMs: number }[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.chunk] }), workspaceWall()],
).enableRLS();

/** Spans that are in no audio or no caption, each with its reason. `n` is the number of the fact that told it. */
export const callGaps = pgTable(
  "call_gaps",
  {
    ...ofCall,
    n: integer("n").notNull(),
    kind: text("kind").$type<"audio" | "captions">().notNull(),
    channel: text("channel").$type<LiveChannel>(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
    reason: text("reason").$type<GapReason>().notNull(),
    detail: text("detail"),
  },
  (t) => [
    primaryKey({ columns: [t.callId, t.n] }),
    // Calls whose sound has gaps, newest first: their ids begin with the time.
    index("call_gaps_audio_idx").on(t.workspaceId, t.callId).where(sql`${t.kind} = 'audio'`),
    workspaceWall(),
  ],
).enableRLS();

/** Spans in which recording was paused on purpose. */
export const recordingPauses = pgTable(
  "recording_pauses",
  {
    ...ofCall,
    n: integer("n").notNull(),
    startedAt: instant("started_at").notNull(),
    startedBy: text("started_by").notNull(),
    endedAt: instant("ended_at"),
    endedBy: text("ended_by"),
  },
  (t) => [primaryKey({ columns: [t.callId, t.n] }), workspaceWall()],
).enableRLS();

export const callNotes = pgTable(
  "call_notes",
  {
    id: id("note", "id").primaryKey(),
    ...ofCall,
    text: text("text").notNull(),
    positionMs: integer("position_ms"),
    writtenBy: text("written_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [index("call_notes_call_idx").on(t.callId, t.createdAt), workspaceWall()],
).enableRLS();
