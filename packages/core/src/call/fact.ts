import {
  CallId,
  Caption,
  CaptionLatency,
  Direction,
  GapReason,
  HangupCause,
  LiveChannel,
  NumberId,
  RawNotice,
  RecordingId,
  WorkspaceId,
} from "@earwitness/shared";
import { z } from "zod";
import { RoutingSnapshot } from "../workspace/routing-snapshot.ts";

const at = z.iso.datetime().describe("When it happened, by the carrier's clock where it tells");

/**
 * What a call's room tells the record, in order. Facts are all that jobs ever learn of a call: each is projected once, in
 * the order of its number. They are additive over time: a projection must ignore a type that it does not know.
 */
export const CallFact = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("call.started"),
    at,
    direction: Direction,
    carrier: z.literal("telnyx"),
    carrierSessionId: z.string().nullable(),
    from: z.string(),
    to: z.string(),
    /** Who asked for an outbound call; null for inbound. */
    placedBy: z.string().nullable(),
    /** For an outbound call, known from the start; for an inbound one it follows in `call.routed`. */
    workspaceId: WorkspaceId.nullable(),
    numberId: NumberId.nullable(),
  }),
  z.object({ type: z.literal("call.routed"), at, snapshot: RoutingSnapshot.nullable() }),
  z.object({
    type: z.literal("leg.changed"),
    at,
    carrierLegId: z.string(),
    carrierControlId: z.string(),
    carrierSessionId: z.string(),
    party: z.enum(["caller", "callee"]),
    address: z.string(),
    startedAt: at,
    answeredAt: at.nullable(),
    endedAt: at.nullable(),
    carrierCause: z.string().nullable(),
    sipCode: z.string().nullable(),
  }),
  z.object({ type: z.literal("call.answered"), at }),
  z.object({ type: z.literal("call.announced"), at, text: z.string() }),
  z.object({ type: z.literal("machine.detected"), at, result: z.string() }),
  z.object({ type: z.literal("recording.started"), at }),
  z.object({ type: z.literal("recording.not_made"), at, reason: z.string() }),
  z.object({ type: z.literal("recording.failed"), at, reason: z.string() }),
  z.object({
    type: z.literal("recording.saved"),
    at,
    recordingId: RecordingId,
    carrierLegId: z.string(),
    /** null when the notice does not say: the job asks the carrier by leg. */
    carrierRecordingId: z.string().nullable(),
    channels: z.int(),
    format: z.enum(["wav", "mp3"]),
    startedAt: at.nullable(),
    endedAt: at.nullable(),
    /** Dies ten minutes after the notice; the job mints another then. */
    url: z.string().nullable(),
    /** 1-based channel of the remote party: the leg that was recorded is on the first channel. */
    callerChannel: z.int(),
  }),
  z.object({
    type: z.literal("call.ended"),
    at,
    cause: HangupCause,
    endedBy: z.enum(["caller", "callee", "us", "unknown"]),
    carrierCause: z.string().nullable(),
    sipCode: z.string().nullable(),
    answeredMs: z.int(),
  }),
  z.object({
    type: z.literal("transcription.reported"),
    at,
    recordingId: RecordingId,
    vendorTranscriptionId: z.string(),
    status: z.enum(["completed", "error"]),
  }),
  /** What a person did with the call on the line, and which leg it concerned where that is another's. */
  z.object({
    type: z.literal("call.steered"),
    at,
    by: z.string(),
    action: z.string(),
    detail: z.string().nullable(),
  }),
  /** The recording is paused from here on: nothing of it is in the carrier's file, in live chunks or in captions. */
  z.object({ type: z.literal("recording.paused"), at, by: z.string() }),
  z.object({ type: z.literal("recording.resumed"), at, by: z.string().nullable() }),
  z.object({
    type: z.literal("transfer.ended"),
    at,
    to: z.string(),
    result: z.enum(["connected", "failed"]),
    reason: z.string().nullable(),
  }),
  /** A piece of the call's sound is in R2: a µ-law WAV of two channels, caller first. Positions are ms since the answer. */
  z.object({
    type: z.literal("audio.stored"),
    at,
    chunk: z.int().min(0),
    key: z.string(),
    startMs: z.int().min(0),
    endMs: z.int().min(0),
    sizeBytes: z.int(),
    /** What of the span the chunk really holds; the rest of it is silence that was put in. */
    held: z.array(z.object({ startMs: z.int(), endMs: z.int() })),
  }),
  /** Frames that were expected and are in no chunk. `channel` is null where both are missing. */
  z.object({
    type: z.literal("audio.gap"),
    at,
    channel: LiveChannel.nullable(),
    startMs: z.int().min(0),
    endMs: z.int().min(0),
    reason: GapReason,
    detail: z.string().nullable(),
  }),
  /** A caption that will not be revised. */
  z.object({ type: z.literal("caption.settled"), at, caption: Caption }),
  z.object({
    type: z.literal("captions.gap"),
    at,
    channel: LiveChannel,
    startMs: z.int().min(0),
    endMs: z.int().min(0),
    reason: GapReason,
    detail: z.string().nullable(),
  }),
  /** The live moment is over: no caption, chunk or gap follows. */
  z.object({ type: z.literal("live.ended"), at, captionLatency: CaptionLatency.nullable() }),
  /** A command to the carrier was given up: what it was for will not happen. */
  z.object({ type: z.literal("command.failed"), at, command: z.string(), code: z.string(), message: z.string() }),
  /** A notice as it came, for the record: `applied` is false for one that changed nothing. */
  z.object({
    type: z.literal("notice.kept"),
    at,
    notice: RawNotice,
    applied: z.boolean(),
    flag: z.string().nullable(),
  }),
  /** The same notice came again; only counted. */
  z.object({ type: z.literal("notice.repeated"), at, eventId: z.string() }),
]);
export type CallFact = z.infer<typeof CallFact>;

/** A fact with its number: 1, 2, 3 … without holes within a call's room. */
export const NumberedFact = z.object({ n: z.int().positive(), fact: CallFact });
export type NumberedFact = z.infer<typeof NumberedFact>;

/** One page of a room's facts. `callId` is null for a room that got notices but no call (they are kept and flagged all the same). */
export const FactPage = z.object({
  callId: CallId.nullable(),
  facts: z.array(NumberedFact),
  more: z.boolean(),
});
export type FactPage = z.infer<typeof FactPage>;
