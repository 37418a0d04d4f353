import { z } from "zod";
import { CallId, RecordingId } from "../ids.ts";
import { GapReason } from "../live/caption.ts";

/** A span of a call in ms since the answer; the end is not part of it. Both are whole frames of 20 ms. */
const span = { startMs: z.int().min(0), endMs: z.int().min(0) };

/**
 * Where each answered moment of a call is kept. `answeredMs` = `recordedMs` + `liveMs` + `pausedMs` + `missingMs`, exactly, in
 * frames of 20 ms: every frame is counted once, as paused, else as recorded by the carrier, else as kept live, else as missing.
 */
export const CoverageView = z
  .object({
    callId: CallId,
    isFinal: z.boolean().describe("False while the call lasts or its recording is awaited"),
    answeredMs: z.int(),
    recordedMs: z.int(),
    liveMs: z.int().describe("Only in the live chunks, not in the carrier's recording"),
    pausedMs: z.int(),
    missingMs: z.int(),
    recorded: z.array(z.object({ ...span, recordingId: RecordingId })),
    live: z.array(z.object(span)).describe("Everything that the live chunks hold, also where the recording has it"),
    paused: z.array(z.object({ ...span, by: z.string().nullable() })),
    missing: z.array(z.object({ ...span, reason: GapReason, detail: z.string().nullable() })),
    captions: z
      .object({
        coveredMs: z.int(),
        gaps: z.array(
          z.object({ ...span, channel: z.enum(["caller", "agent"]), reason: GapReason, detail: z.string().nullable() }),
        ),
      })
      .nullable()
      .describe("null where the call had no live captions"),
  })
  .meta({ id: "CoverageView" });
export type CoverageView = z.infer<typeof CoverageView>;
