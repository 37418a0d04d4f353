import { z } from "zod";
import { CallId, JobId, NumberId, RecordingId, TranscriptId } from "../ids.ts";
import { CaptionLatency } from "../live/call.ts";
import { PurgeView } from "./purge.ts";

export const Instant = z.iso.datetime({ offset: true }).describe("An instant, ISO 8601 with offset");
export const Direction = z.enum(["inbound", "outbound"]);
export type Direction = z.infer<typeof Direction>;

/**
 * Where a call stands, as a person sees it. `ringing` and `live` are on the line; `ended` is final for the line.
 * What becomes of the audio and the words is told by `RecordingState` and `TranscriptState`.
 */
export const CallState = z.enum(["ringing", "live", "ended"]);
export type CallState = z.infer<typeof CallState>;

/** How a call ended. `completed` only if it was answered; the others tell apart why it was not. */
export const HangupCause = z.enum([
  "completed",
  "busy",
  "no_answer",
  "rejected",
  "cancelled",
  "machine",
  "not_found",
  "time_limit",
  "failed",
]);
export type HangupCause = z.infer<typeof HangupCause>;

/** `purged`: it was there, and was taken away for good. */
export const RecordingState = z.enum(["recording", "awaited", "storing", "stored", "failed", "missing", "purged"]);
export type RecordingState = z.infer<typeof RecordingState>;

/** `purged`: the words were there, and were taken away for good. */
export const TranscriptState = z.enum(["waiting", "transcribing", "ready", "empty", "failed", "purged"]);
export type TranscriptState = z.infer<typeof TranscriptState>;

/** What went wrong at a stage, in words for a person, with the vendor's own answer where there is one. */
export const Failure = z
  .object({ code: z.string(), message: z.string(), at: Instant, canRetry: z.boolean() })
  .meta({ id: "Failure" });
export type Failure = z.infer<typeof Failure>;

export const CallSummary = z
  .object({
    id: CallId,
    direction: Direction,
    state: CallState,
    from: z.string().describe("E.164, or the carrier's own form where it is no phone number"),
    to: z.string(),
    numberId: NumberId.nullable().describe("Our number that took part"),
    startedAt: Instant,
    answeredAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    durationMs: z.int().nullable().describe("From answer to end; null while it lasts, 0 if never answered"),
    hangupCause: HangupCause.nullable(),
    recordingState: RecordingState.nullable().describe(
      "null when nothing was or will be recorded. Open: more states may come",
    ),
    notRecordedReason: z.string().nullable(),
    transcriptState: TranscriptState.nullable().describe("Open: more states may come"),
    lastLine: z.string().nullable().describe("The first words of the transcript, for the list"),
    hasLive: z.boolean().describe("Its words and levels can be watched at /live?call=<id> while it lasts"),
    language: z.string().nullable().describe("BCP 47"),
    purges: z.array(PurgeView).describe("What of it was taken away for good"),
  })
  .meta({ id: "CallSummary" });
export type CallSummary = z.infer<typeof CallSummary>;

export const LegView = z
  .object({
    carrierLegId: z.string(),
    party: z.enum(["caller", "callee"]),
    address: z.string(),
    startedAt: Instant,
    answeredAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    carrierCause: z.string().nullable(),
    sipCode: z.string().nullable(),
  })
  .meta({ id: "LegView" });

export const RecordingView = z
  .object({
    id: RecordingId,
    callId: CallId,
    state: RecordingState,
    channels: z.int().nullable(),
    durationMs: z.int().nullable(),
    sizeBytes: z.int().nullable(),
    sha256: z.string().nullable().describe("Lower-case hex of the stored bytes"),
    contentType: z.string().nullable(),
    r2Key: z.string().nullable(),
    carrierRecordingId: z.string().nullable(),
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    storedAt: Instant.nullable(),
    failure: Failure.nullable(),
    callerChannel: z.int().nullable().describe("1-based index of the channel that carries the remote party"),
  })
  .meta({ id: "RecordingView" });
export type RecordingView = z.infer<typeof RecordingView>;

export const RecordingList = z.object({ recordings: z.array(RecordingView) }).meta({ id: "RecordingList" });

export const StageName = z.enum(["ring", "answer", "announce", "record", "end", "save", "store", "transcribe"]);
export const StageView = z
  .object({
    name: StageName,
    state: z.enum(["waiting", "running", "done", "failed", "skipped"]),
    at: Instant.nullable().describe("When the stage was completed, or began if it still runs"),
    note: z.string().nullable(),
  })
  .meta({ id: "StageView" });
export type StageView = z.infer<typeof StageView>;

export const CallView = CallSummary.extend({
  carrier: z.string(),
  carrierSessionId: z.string().nullable(),
  legs: z.array(LegView),
  recordings: z.array(RecordingView),
  transcriptId: TranscriptId.nullable(),
  transcriptFailure: Failure.nullable(),
  stages: z.array(StageView),
  captionLatency: CaptionLatency.nullable().describe("null where nobody watched"),
  isHeld: z.boolean().describe("Whether a legal hold keeps it from being deleted, on it or on the whole workspace"),
  notices: z.object({ received: z.int(), duplicates: z.int(), applied: z.int() }),
}).meta({ id: "CallView" });
export type CallView = z.infer<typeof CallView>;

const PageInfo = z.object({ nextCursor: z.string().nullable() });
export const CallList = z.object({ calls: z.array(CallSummary), page: PageInfo }).meta({ id: "CallList" });
export type CallList = z.infer<typeof CallList>;

/** Calls lie in the years that Postgres and ISO 8601 write alike: an offset may lead out of them. */
export const ListedInstant = Instant.refine(
  (text) => {
    const year = new Date(text).getUTCFullYear();
    // What is no instant at all is refused as such, once.
    return Number.isNaN(year) || (year >= 1 && year <= 9999);
  },
  { error: "must be within the years 1 to 9999" },
);

const MAX_PAGE_SIZE = 100;
export const ListCallsQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
  from: ListedInstant.optional().describe("Calls started at or after"),
  until: ListedInstant.optional().describe("Calls started before"),
  number: z.string().max(32).optional().describe("Either party's number, E.164"),
  direction: Direction.optional(),
  state: CallState.optional(),
});
export type ListCallsQuery = z.infer<typeof ListCallsQuery>;

export const PlaceCall = z
  .object({
    from: NumberId.describe("Which of the workspace's numbers calls"),
    to: z
      .string()
      .min(3)
      .max(64)
      .describe("The phone to ring: E.164, or national form of the calling number's country"),
    detectMachine: z.boolean().default(false),
  })
  .meta({ id: "PlaceCall" });
export type PlaceCall = z.infer<typeof PlaceCall>;

export const PlacedCall = z.object({ callId: CallId }).meta({ id: "PlacedCall" });
export const CommandTaken = z
  .object({
    callId: CallId,
    effect: z.enum(["begun", "already"]).describe("`already`: someone asked for the same before; it happens once"),
  })
  .meta({ id: "CommandTaken" });
export const RetryTaken = z.object({ jobId: JobId }).meta({ id: "RetryTaken" });
