import { z } from "zod";
import { CallId, RecordingId, TranscriptId, UtteranceId } from "../ids.ts";
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
    id: UtteranceId,
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

export const TranscriptView = z
  .object({
    id: TranscriptId,
    callId: CallId,
    recordingId: RecordingId,
    version: z.int(),
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
