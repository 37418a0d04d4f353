import type { CallFact } from "@earwitness/core";
import type {
  CallState,
  CaptionLatency,
  HangupCause,
  PurgeView,
  RecordingState,
  TranscriptState,
  Vendor,
} from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, workspaceWall } from "./columns.ts";
import { numbers, workspaces } from "./workspace.ts";

export const calls = pgTable(
  "calls",
  {
    id: id("call", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id")
      .notNull()
      .references(() => workspaces.id),
    /** The name of the room that decided this call. */
    room: text("room").notNull().unique(),
    direction: text("direction").$type<"inbound" | "outbound">().notNull(),
    carrier: text("carrier").notNull(),
    carrierSessionId: text("carrier_session_id"),
    fromAddress: text("from_address").notNull(),
    toAddress: text("to_address").notNull(),
    numberId: id("number", "number_id").references(() => numbers.id),
    placedBy: text("placed_by"),
    state: text("state").$type<CallState>().notNull(),
    startedAt: instant("started_at").notNull(),
    answeredAt: instant("answered_at"),
    announcedAt: instant("announced_at"),
    recordingStartedAt: instant("recording_started_at"),
    endedAt: instant("ended_at"),
    durationMs: integer("duration_ms"),
    hangupCause: text("hangup_cause").$type<HangupCause>(),
    endedBy: text("ended_by").$type<"caller" | "callee" | "us" | "unknown">(),
    carrierCause: text("carrier_cause"),
    sipCode: text("sip_code"),
    machineResult: text("machine_result"),
    notRecordedReason: text("not_recorded_reason"),
    /** What the list shows of audio and words: written with the rows that they mirror, in the same transaction. */
    recordingState: text("recording_state").$type<RecordingState>(),
    transcriptState: text("transcript_state").$type<TranscriptState>(),
    firstLine: text("first_line"),
    language: text("language"),
    noticesReceived: integer("notices_received").notNull().default(0),
    noticesRepeated: integer("notices_repeated").notNull().default(0),
    noticesApplied: integer("notices_applied").notNull().default(0),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    /** When reconciliation last asked the carrier about it: the next run begins with those asked longest ago. */
    reconciledAt: instant("reconciled_at"),
    /** The last words that were captioned, for a list. */
    lastCaption: text("last_caption"),
    /** When the last caption, chunk or gap was told; null while the live moment lasts, or where there was none. */
    liveEndedAt: instant("live_ended_at"),
    captionLatency: jsonb("caption_latency").$type<CaptionLatency>(),
    /** In the trash since: shown nowhere else, and purged after its days there. */
    deletedAt: instant("deleted_at"),
    deletedBy: text("deleted_by"),
    /** When everything of it was taken away for good but that there was a call, when, and for how long. */
    purgedAt: instant("purged_at"),
    /** What was taken away for good, when, and by the rule of how many days. */
    purges: jsonb("purges").$type<PurgeView[]>().notNull().default([]),
  },
  (t) => [
    // Nulls first, as an ORDER BY … DESC has them: otherwise each page of the list sorts the whole workspace.
    index("calls_list_idx").on(t.workspaceId, t.startedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("calls_from_idx").on(t.workspaceId, t.fromAddress, t.startedAt.desc().nullsFirst()),
    index("calls_to_idx").on(t.workspaceId, t.toAddress, t.startedAt.desc().nullsFirst()),
    index("calls_unfinished_idx").on(t.state, t.startedAt),
    index("calls_awaiting_recording_idx").on(t.recordingState, t.endedAt),
    // By these an agent's own calls are found among everybody's.
    index("calls_number_idx").on(t.numberId),
    index("calls_placed_by_idx").on(t.placedBy),
    index("calls_trash_idx").on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    // What retention still has to take away: what is taken away already is in neither.
    index("calls_kept_audio_idx").on(t.workspaceId, t.startedAt).where(sql`${t.recordingState} <> 'purged'`),
    index("calls_kept_words_idx")
      .on(t.workspaceId, t.startedAt)
      .where(sql`${t.transcriptState} <> 'purged' or ${t.lastCaption} is not null`),
    workspaceWall(),
  ],
).enableRLS();

export const callLegs = pgTable(
  "call_legs",
  {
    id: id("leg", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id").notNull(),
    callId: id("call", "call_id")
      .notNull()
      .references(() => calls.id),
    carrierLegId: text("carrier_leg_id").notNull(),
    carrierControlId: text("carrier_control_id").notNull(),
    party: text("party").$type<"caller" | "callee">().notNull(),
    address: text("address").notNull(),
    startedAt: instant("started_at").notNull(),
    answeredAt: instant("answered_at"),
    endedAt: instant("ended_at"),
    carrierCause: text("carrier_cause"),
    sipCode: text("sip_code"),
  },
  (t) => [uniqueIndex("call_legs_carrier_idx").on(t.callId, t.carrierLegId), workspaceWall()],
).enableRLS();

/** People of the workspace who had to do with a call: placed it, steered it, or were given it. Theirs to see. */
export const callMembers = pgTable(
  "call_members",
  {
    workspaceId: id("workspace", "workspace_id").notNull(),
    callId: id("call", "call_id")
      .notNull()
      .references(() => calls.id),
    userId: id("user", "user_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.callId, t.userId] }),
    index("call_members_user_idx").on(t.userId, t.callId),
    workspaceWall(),
  ],
).enableRLS();

/** How far a room's facts are in the record. `workspaceId` is null until the call's number is known to be ours. */
export const roomCursors = pgTable("room_cursors", {
  room: text("room").primaryKey(),
  callId: id("call", "call_id"),
  workspaceId: id("workspace", "workspace_id"),
  projectedN: integer("projected_n").notNull().default(0),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/** The log of every room, as it was told: one row a fact, once. */
export const callFacts = pgTable(
  "call_facts",
  {
    room: text("room").notNull(),
    n: integer("n").notNull(),
    callId: id("call", "call_id"),
    workspaceId: id("workspace", "workspace_id"),
    type: text("type").notNull(),
    fact: jsonb("fact").$type<CallFact>().notNull(),
    projectedAt: instant("projected_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.room, t.n] }), index("call_facts_call_idx").on(t.callId, t.n), workspaceWall()],
).enableRLS();

/** Every notice as it came, byte for byte. `flag` says why one was kept without effect. */
export const inboundNotices = pgTable(
  "inbound_notices",
  {
    id: id("notice", "id").primaryKey(),
    workspaceId: id("workspace", "workspace_id"),
    room: text("room").notNull(),
    callId: id("call", "call_id"),
    vendor: text("vendor").$type<Vendor>().notNull(),
    eventId: text("event_id").notNull(),
    eventType: text("event_type").notNull(),
    receivedAt: instant("received_at").notNull(),
    body: text("body").notNull(),
    applied: boolean("applied").notNull(),
    flag: text("flag"),
    repeats: integer("repeats").notNull().default(0),
  },
  (t) => [
    uniqueIndex("inbound_notices_event_idx").on(t.room, t.vendor, t.eventId),
    index("inbound_notices_call_idx").on(t.callId, t.receivedAt),
    index("inbound_notices_nobodys_idx").on(t.receivedAt, t.id).where(sql`${t.workspaceId} is null`),
    workspaceWall(),
  ],
).enableRLS();

/** Calls that reached a number which belongs to no workspace: announced, not recorded, not lost. */
export const unroutedCalls = pgTable("unrouted_calls", {
  callId: id("call", "call_id").primaryKey(),
  room: text("room").notNull().unique(),
  fromAddress: text("from_address").notNull(),
  toAddress: text("to_address").notNull(),
  startedAt: instant("started_at").notNull(),
  endedAt: instant("ended_at"),
  reason: text("reason").notNull(),
});
