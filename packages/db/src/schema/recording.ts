import type { Failure, LiveComparison, RecordingState, TranscriptState, WordView } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, real, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, sizeBytes, workspaceWall } from "./columns.ts";
import { calls } from "./telephony.ts";

export const recordings = pgTable(
  "recordings",
  {
    id: id("recording", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id").notNull(),
    callId: id("call", "call_id")
      .notNull()
      .references(() => calls.id),
    state: text("state").$type<RecordingState>().notNull(),
    /** `chunks`: put together from the live chunks, because the carrier's own never came. `upload`: made elsewhere. */
    source: text("source").$type<"carrier" | "chunks" | "upload">().notNull().default("carrier"),
    carrier: text("carrier").notNull(),
    carrierRecordingId: text("carrier_recording_id"),
    carrierLegId: text("carrier_leg_id").notNull(),
    /** The address in the carrier's notice, good for ten minutes from `savedAt`; after that the job mints another. */
    carrierUrl: text("carrier_url"),
    savedAt: instant("saved_at").notNull(),
    format: text("format").$type<"wav" | "mp3">().notNull(),
    channels: integer("channels").notNull(),
    /** 1-based channel of the remote party. */
    callerChannel: integer("caller_channel").notNull(),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    durationMs: integer("duration_ms"),
    sizeBytes: sizeBytes("size_bytes"),
    sha256: text("sha256"),
    contentType: text("content_type"),
    r2Key: text("r2_key"),
    peaksKey: text("peaks_key"),
    storedAt: instant("stored_at"),
    carrierDeletedAt: instant("carrier_deleted_at"),
    failure: jsonb("failure").$type<Failure>(),
    /** What the stored audio is found to lack against what the carrier said of it. */
    note: text("note"),
    /** When the audio was taken away for good, by rule or by hand. */
    purgedAt: instant("purged_at"),
    /** When its bytes were last compared with `sha256`, or could not be read for that. */
    checkedAt: instant("checked_at"),
  },
  (t) => [
    uniqueIndex("recordings_carrier_idx").on(t.callId, t.carrierRecordingId),
    index("recordings_call_idx").on(t.callId),
    index("recordings_state_idx").on(t.state, t.savedAt),
    index("recordings_stored_idx").on(t.storedAt),
    // What a workspace keeps is added up from this index alone.
    index("recordings_kept_idx").on(t.workspaceId, t.sizeBytes).where(sql`${t.state} = 'stored'`),
    // The order in which stored audio is compared with its checksum.
    index("recordings_unchecked_idx").on(t.checkedAt.asc().nullsFirst(), t.id).where(sql`${t.state} = 'stored'`),
    workspaceWall(),
  ],
).enableRLS();

export const transcripts = pgTable(
  "transcripts",
  {
    id: id("transcript", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id").notNull(),
    callId: id("call", "call_id")
      .notNull()
      .references(() => calls.id),
    recordingId: id("recording", "recording_id")
      .notNull()
      .references(() => recordings.id),
    version: integer("version").notNull(),
    state: text("state").$type<TranscriptState>().notNull(),
    vendor: text("vendor").notNull(),
    vendorTranscriptionId: text("vendor_transcription_id"),
    /** Set before submitting; while the transcript waits or has failed, an answer may have got lost. */
    submittingSince: instant("submitting_since"),
    /** Since a person last asked for it. */
    submissions: integer("submissions").notNull().default(0),
    language: text("language"),
    confidence: real("confidence"),
    wordCount: integer("word_count").notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
    submittedAt: instant("submitted_at"),
    completedAt: instant("completed_at"),
    failure: jsonb("failure").$type<Failure>(),
    /** Against the live captions; null where there were none, or it is not ready. */
    comparison: jsonb("comparison").$type<LiveComparison>(),
    /** When its words were taken away for good. */
    purgedAt: instant("purged_at"),
  },
  (t) => [
    uniqueIndex("transcripts_version_idx").on(t.recordingId, t.version),
    index("transcripts_call_idx").on(t.callId),
    index("transcripts_waiting_idx").on(t.state, t.submittedAt),
    index("transcripts_completed_idx").on(t.completedAt),
    workspaceWall(),
  ],
).enableRLS();

export const utterances = pgTable(
  "utterances",
  {
    id: id("utterance", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id").notNull(),
    transcriptId: id("transcript", "transcript_id")
      .notNull()
      .references(() => transcripts.id, { onDelete: "cascade" }),
    ordinal: integer("ordinal").notNull(),
    speaker: text("speaker").notNull(),
    channel: integer("channel"),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
    confidence: real("confidence").notNull(),
    text: text("text").notNull(),
    words: jsonb("words").$type<WordView[]>().notNull(),
  },
  (t) => [uniqueIndex("utterances_order_idx").on(t.transcriptId, t.ordinal), workspaceWall()],
).enableRLS();
