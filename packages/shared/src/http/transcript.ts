import { z } from "zod";
import { CallId, RecordingId, TranscriptId } from "../ids.ts";
import { GapReason } from "../live/caption.ts";
import { Failure, Instant, TranscriptState } from "./call.ts";

/** The smallest timed unit. Positions are milliseconds from the recording's start. */
export const WordView = z
  .object({
    text: z.string(),
    startMs: z.int(),
    endMs: z.int(),
    confidence: z.number().min(0).max(1),
  })
  .meta({ id: "WordView" });
export type WordView = z.infer<typeof WordView>;

export const UtteranceView = z
  .object({
    id: z.string().max(100).describe("Of an utterance, or of a live caption"),
    speaker: z.string().describe("A label for a voice; equal labels are one voice"),
    party: z.enum(["caller", "agent", "unknown"]).describe("caller: the remote party; agent: our side"),
    channel: z.int().nullable(),
    startMs: z.int(),
    endMs: z.int(),
    confidence: z.number().min(0).max(1),
    text: z.string(),
    words: z.array(WordView),
  })
  .meta({ id: "UtteranceView" });
export type UtteranceView = z.infer<typeof UtteranceView>;

/** What the exact transcript found that the live captions had not, or had otherwise. */
export const LiveComparison = z
  .object({
    liveWords: z.int(),
    exactWords: z.int(),
    wordsChanged: z.int().describe("Words to insert, remove or replace to make the one from the other"),
    wordErrorRate: z
      .number()
      .describe("`wordsChanged` per word of the exact transcript; case and punctuation do not count"),
    healed: z
      .array(z.object({ startMs: z.int(), endMs: z.int(), reason: GapReason, words: z.int() }))
      .describe("Gaps of the captions that the exact transcript filled; positions from the recording's start"),
  })
  .meta({ id: "LiveComparison" });
export type LiveComparison = z.infer<typeof LiveComparison>;

export const TranscriptView = z
  .object({
    id: TranscriptId.nullable().describe("null for the live captions, which are no transcript of their own"),
    callId: CallId,
    recordingId: RecordingId.nullable(),
    kind: z.enum(["live", "exact"]).describe("live: as it was captioned while it was spoken"),
    positionsFrom: z.enum(["recording", "answer"]).describe("Where the positions are counted from"),
    comparison: LiveComparison.nullable(),
    version: z.int().describe("Rises: the exact transcript replaces the live one, which stays readable"),
    state: TranscriptState,
    language: z.string().nullable(),
    confidence: z.number().nullable(),
    wordCount: z.int(),
    createdAt: Instant,
    completedAt: Instant.nullable(),
    failure: Failure.nullable(),
    utterances: z.array(UtteranceView),
  })
  .meta({ id: "TranscriptView" });
export type TranscriptView = z.infer<typeof TranscriptView>;

/**
 * Loudness of a recording for drawing: `peaks[c][i]` is the greatest absolute sample of channel c in the i-th window of
 * `windowMs`, scaled to 0–255.
 */
export const PeaksView = z
  .object({
    recordingId: RecordingId,
    windowMs: z.int(),
    durationMs: z.int(),
    peaks: z.array(z.array(z.int().min(0).max(255))),
  })
  .meta({ id: "PeaksView" });
export type PeaksView = z.infer<typeof PeaksView>;
