import { newId, type UtteranceView } from "@earwitness/shared";
import type { CallReport } from "../../src/index.ts";

/** Something that was said, in words of half a second each. */
export function said(text: string, startMs: number, changes: Partial<UtteranceView> = {}): UtteranceView {
  const words = text.split(" ").map((word, i) => ({
    text: word,
    startMs: startMs + i * 500,
    endMs: startMs + i * 500 + 400,
    confidence: 0.9,
  }));
  return {
    id: newId("utterance"),
    speaker: "1",
    party: "caller",
    channel: 1,
    startMs,
    endMs: words.at(-1)?.endMs ?? startMs,
    confidence: 0.9,
    text,
    words,
    ...changes,
  };
}

/** A call of a minute that was answered, recorded and transcribed. */
export function aReport(utterances: UtteranceView[] = []): CallReport {
  const callId = newId("call");
  const recordingId = newId("recording");
  const begun = "2026-11-21T09:00:00.000Z";
  const ended = "2026-11-21T09:01:00.000Z";
  return {
    workspaceName: "Northwind Support",
    call: {
      id: callId,
      direction: "inbound",
      state: "ended",
      from: "+15550100001",
      to: "+15550100002",
      numberId: null,
      startedAt: begun,
      answeredAt: begun,
      endedAt: ended,
      durationMs: 60_000,
      hangupCause: "completed",
      recordingState: "stored",
      notRecordedReason: null,
      transcriptState: "ready",
      lastLine: null,
      hasLive: false,
      language: "en",
      purges: [],
      isHeld: false,
      carrier: "telnyx",
      carrierSessionId: "session",
      legs: [],
      recordings: [
        {
          id: recordingId,
          callId,
          state: "stored",
          channels: 2,
          durationMs: 60_000,
          sizeBytes: 1_920_044,
          sha256: "ab".repeat(32),
          contentType: "audio/wav",
          r2Key: "recordings/one.wav",
          carrierRecordingId: "carrier-1",
          startedAt: begun,
          endedAt: ended,
          storedAt: ended,
          failure: null,
          callerChannel: 2,
        },
      ],
      transcriptId: null,
      transcriptFailure: null,
      stages: [],
      captionLatency: null,
      notices: { received: 4, duplicates: 0, applied: 4 },
    },
    coverage: {
      callId,
      isFinal: true,
      answeredMs: 60_000,
      recordedMs: 58_000,
      liveMs: 0,
      pausedMs: 0,
      missingMs: 2_000,
      recorded: [{ startMs: 0, endMs: 58_000, recordingId }],
      live: [],
      paused: [],
      missing: [{ startMs: 58_000, endMs: 60_000, reason: "carrier_lost", detail: null }],
      captions: null,
    },
    transcript: {
      id: newId("transcript"),
      callId,
      recordingId,
      kind: "exact",
      positionsFrom: "recording",
      comparison: null,
      version: 1,
      state: "ready",
      language: "en",
      confidence: 0.9,
      wordCount: utterances.flatMap(({ words }) => words).length,
      createdAt: ended,
      completedAt: ended,
      failure: null,
      utterances,
    },
  };
}
