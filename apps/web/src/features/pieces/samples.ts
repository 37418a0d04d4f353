import type { CallView, PeaksView, TranscriptView, UtteranceView } from "@earwitness/shared";

// Made-up calls, so that every piece can be seen in every state without a workspace that happens to hold them.

const BEGAN = Date.parse("2026-11-19T15:14:02.118Z");
const at = (ms: number) => new Date(BEGAN + ms).toISOString();

const CALL: CallView = {
  id: "call_01kag7000000000000000sampe",
  direction: "inbound",
  state: "ended",
  from: "+12175550142",
  to: "+12175550100",
  numberId: null,
  startedAt: at(0),
  answeredAt: at(3_486),
  endedAt: at(26_486),
  durationMs: 23_000,
  hangupCause: "completed",
  recordingState: "stored",
  notRecordedReason: null,
  transcriptState: "ready",
  lastLine: "It is, but it says E3, and the furnace clicks three or four times.",
  hasLive: false,
  language: "en-US",
  purges: [],
  carrier: "telnyx",
  carrierSessionId: "428c31b6-7af4-4bcb-b7f5-5013ef9657c1",
  legs: [],
  recordings: [],
  transcriptId: null,
  transcriptFailure: null,
  captionLatency: null,
  stages: [],
  isHeld: false,
  notices: { received: 9, duplicates: 1, applied: 8 },
};

/** A call that is as the sample, but for what is said of it. */
export function sampleCall(over: Partial<CallView> = {}): CallView {
  return { ...CALL, ...over };
}

const UNANSWERED = {
  answeredAt: null,
  durationMs: 0,
  recordingState: null,
  transcriptState: null,
  lastLine: null,
} as const;
const PENDING = { lastLine: null, transcriptState: null } as const;
const OPEN = { ...PENDING, endedAt: null, durationMs: null, hangupCause: null } as const;

/** One call for each status that the list can show. */
export const STATUS_CALLS: readonly CallView[] = [
  sampleCall({ ...OPEN, state: "ringing", answeredAt: null, recordingState: null }),
  sampleCall({ ...OPEN, state: "live", recordingState: "recording" }),
  sampleCall({ ...OPEN, state: "live", recordingState: null }),
  sampleCall({ ...PENDING, recordingState: "awaited" }),
  sampleCall({ ...PENDING, recordingState: "storing" }),
  sampleCall({ lastLine: null, transcriptState: "waiting" }),
  sampleCall({ lastLine: null, transcriptState: "transcribing" }),
  sampleCall(),
  sampleCall({ lastLine: null, transcriptState: "empty" }),
  sampleCall({ ...PENDING, recordingState: null, notRecordedReason: "Recording is off for this number." }),
  sampleCall({ ...UNANSWERED, hangupCause: "no_answer" }),
  sampleCall({ ...UNANSWERED, hangupCause: "no_answer", direction: "outbound" }),
  sampleCall({ ...UNANSWERED, hangupCause: "busy", direction: "outbound" }),
  sampleCall({ ...UNANSWERED, hangupCause: "rejected", direction: "outbound" }),
  sampleCall({ ...UNANSWERED, hangupCause: "cancelled", direction: "outbound" }),
  sampleCall({ ...PENDING, hangupCause: "machine", direction: "outbound", recordingState: null }),
  sampleCall({ ...UNANSWERED, hangupCause: "not_found", direction: "outbound" }),
  sampleCall({ ...UNANSWERED, hangupCause: "time_limit", direction: "outbound" }),
  sampleCall({ ...UNANSWERED, hangupCause: "failed", direction: "outbound" }),
  sampleCall({ ...PENDING, recordingState: "failed" }),
  sampleCall({ ...PENDING, recordingState: "missing" }),
  sampleCall({ lastLine: null, transcriptState: "failed" }),
];

const SCRIPT: readonly [party: "caller" | "agent", startMs: number, endMs: number, text: string][] = [
  ["agent", 300, 3_900, "Northgate Heating, this is Marco. How can I help?"],
  ["caller", 4_600, 9_800, "It is, but it says E3, and the furnace clicks three or four times."],
  ["agent", 12_200, 16_400, "Okay, that’s an ignition lockout. Please don’t reset it again."],
  ["caller", 17_000, 19_600, "No gas. Just, you know, cold."],
];

const RECORDING_ID = "rec_01kag7000000000000000sampe";

export const SAMPLE_TRANSCRIPT: TranscriptView = {
  id: "tra_01kag7000000000000000sampe",
  callId: CALL.id,
  recordingId: RECORDING_ID,
  kind: "exact",
  positionsFrom: "recording",
  comparison: null,
  version: 1,
  state: "ready",
  language: "en-US",
  confidence: 0.94,
  wordCount: SCRIPT.flatMap(([, , , text]) => text.split(" ")).length,
  createdAt: at(40_000),
  completedAt: at(40_000),
  failure: null,
  utterances: SCRIPT.map(([party, startMs, endMs, text], i): UtteranceView => {
    const words = text.split(" ");
    const each = (endMs - startMs) / words.length;
    return {
      id: `utt_01kag700000000000000sampe${i}`,
      speaker: party,
      party,
      channel: party === "caller" ? 1 : 2,
      startMs,
      endMs,
      confidence: 0.94,
      text,
      words: words.map((word, w) => ({
        text: word,
        startMs: Math.round(startMs + w * each),
        endMs: Math.round(startMs + (w + 1) * each),
        confidence: word === "E3," ? 0.58 : 0.96,
      })),
    };
  }),
};

const WINDOW_MS = 50;
const DURATION_MS = 21_000;

/** Peaks in the shape of speech: loud where the script speaks, quiet elsewhere. */
export const SAMPLE_PEAKS: PeaksView = {
  recordingId: RECORDING_ID,
  windowMs: WINDOW_MS,
  durationMs: DURATION_MS,
  peaks: (["caller", "agent"] as const).map((party) =>
    Array.from({ length: DURATION_MS / WINDOW_MS }, (_, i) => {
      const ms = i * WINDOW_MS;
      const speaks = SCRIPT.some(([who, start, end]) => who === party && ms >= start && ms < end);
      return speaks ? Math.round(60 + 150 * Math.abs(Math.sin(i * 0.7) * Math.cos(i * 0.23))) : 2;
    }),
  ),
};

/** Stages of a call that has been recorded and waits for its words. */
export const SAMPLE_STAGES: CallView["stages"] = [
  { name: "ring", state: "done", at: at(0), note: "+1 217-555-0100" },
  { name: "answer", state: "done", at: at(3_486), note: null },
  { name: "announce", state: "skipped", at: null, note: null },
  { name: "record", state: "done", at: at(5_486), note: "dual channel, wav" },
  { name: "end", state: "done", at: at(26_486), note: "normal clearing" },
  { name: "save", state: "done", at: at(30_593), note: null },
  { name: "store", state: "running", at: at(31_000), note: null },
  { name: "transcribe", state: "waiting", at: null, note: null },
];

export const SAMPLE_FACTS = [
  { key: "form", name: "Form", value: "audio/wav, 2 channels, 23.000 s" },
  { key: "key", name: "Key in R2", value: `ws_01kag7000000000000000sampe/recordings/${RECORDING_ID}.wav` },
];

export const SAMPLE_SUM = [
  { key: "recorded", name: "Recorded", value: "21.000 s" },
  { key: "paused", name: "Paused on purpose", value: "2.000 s" },
  { key: "missing", name: "Missing", value: "0.000 s" },
  { key: "answered", name: "Answered", value: "23.000 s", total: true },
];
