import { z } from "zod";

/** Whose voice a live channel carries. `caller` is the remote party of the leg, `agent` our side. */
export const LiveChannel = z.enum(["caller", "agent"]);
export type LiveChannel = z.infer<typeof LiveChannel>;

/** A word of a caption. Positions are milliseconds since the call was answered. */
export const CaptionWord = z.object({
  text: z.string(),
  startMs: z.int().min(0),
  endMs: z.int().min(0),
  confidence: z.number().min(0).max(1),
  isFinal: z.boolean(),
});
export type CaptionWord = z.infer<typeof CaptionWord>;

/**
 * What somebody says, as far as it is understood. It comes again under the same id, each time whole, until `isFinal`: then
 * it will not be revised. Positions are milliseconds since the call was answered.
 */
export const Caption = z
  .object({
    id: z.string().max(100).describe("Unique within the call"),
    channel: LiveChannel,
    startMs: z.int().min(0),
    endMs: z.int().min(0),
    text: z.string(),
    words: z.array(CaptionWord),
    language: z.string().nullable().describe("BCP 47, where the transcriber tells"),
    isFinal: z.boolean(),
    heardAtMs: z
      .int()
      .nullable()
      .describe("When the last word's audio reached us, in ms of the epoch by the server's clock; null if not known"),
  })
  .meta({ id: "Caption" });
export type Caption = z.infer<typeof Caption>;

/** Why a span of a call is in no audio, or in no caption. */
export const GapReason = z.enum([
  "before_recording",
  "not_recorded",
  "paused",
  "frame_lost",
  "media_lost",
  "media_stalled",
  "room_reset",
  "storage_failed",
  "transcriber_closed",
  "transcriber_stalled",
  "transcriber_refused",
  "transcriber_limit",
  "carrier_lost",
  "recording_awaited",
  "unknown",
]);
export type GapReason = z.infer<typeof GapReason>;
