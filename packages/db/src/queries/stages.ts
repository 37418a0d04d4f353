import type { CallRecord, RecordingRecord, TranscriptRecord } from "@earwitness/core";
import type { StageView } from "@earwitness/shared";
import { instant } from "./call-summary.ts";

type Call = Pick<
  CallRecord,
  | "state"
  | "startedAt"
  | "answeredAt"
  | "announcedAt"
  | "recordingStartedAt"
  | "endedAt"
  | "hangupCause"
  | "recordingState"
  | "notRecordedReason"
  | "transcriptState"
>;
type Recording = Pick<RecordingRecord, "state" | "savedAt" | "storedAt" | "failure" | "note">;
type Transcript = Pick<TranscriptRecord, "state" | "submittedAt" | "completedAt" | "failure">;
type Stage = Omit<StageView, "name">;

const waiting: Stage = { state: "waiting", at: null, note: null };
const skipped = (note: string | null): Stage => ({ state: "skipped", at: null, note });
const running = (at: Date | null): Stage => ({ state: "running", at: instant(at), note: null });
const done = (at: Date | null, note: string | null = null): Stage => ({ state: "done", at: instant(at), note });

/**
 * The way of a call from its first ring to its words, as its rows tell it: every stage always, in order. A stage that will not
 * come any more is skipped, with the reason where one is known.
 */
export function stagesOf(call: Call, recording: Recording | null, transcript: Transcript | null): StageView[] {
  return [
    { name: "ring", ...done(call.startedAt) },
    { name: "answer", ...answer(call) },
    { name: "announce", ...announce(call) },
    { name: "record", ...record(call, recording) },
    { name: "end", ...(call.endedAt === null ? waiting : done(call.endedAt, call.hangupCause)) },
    { name: "save", ...save(call, recording) },
    { name: "store", ...store(call, recording) },
    { name: "transcribe", ...transcribe(call, recording, transcript) },
  ];
}

function answer(call: Call): Stage {
  if (call.answeredAt !== null) return done(call.answeredAt);
  return call.state === "ended" ? skipped(call.hangupCause) : running(call.startedAt);
}

function announce(call: Call): Stage {
  if (call.announcedAt !== null) return done(call.announcedAt);
  if (call.state === "ended" || call.recordingStartedAt !== null) return skipped(null);
  return call.answeredAt === null ? waiting : running(call.answeredAt);
}

function record(call: Call, recording: Recording | null): Stage {
  if (call.notRecordedReason !== null && recording === null) return skipped(call.notRecordedReason);
  if (call.recordingStartedAt === null && recording === null) return call.state === "ended" ? skipped(null) : waiting;
  return call.endedAt === null ? running(call.recordingStartedAt) : done(call.endedAt);
}

/** The carrier has the recording ready. */
function save(call: Call, recording: Recording | null): Stage {
  if (recording !== null) return done(recording.savedAt);
  if (call.endedAt === null) return waiting;
  if (call.recordingState === "missing") {
    return { state: "failed", at: null, note: "The carrier has no recording of this call." };
  }
  return nothingComes(call) ? skipped(null) : running(call.endedAt);
}

function store(call: Call, recording: Recording | null): Stage {
  if (recording === null) return call.endedAt !== null && nothingComes(call) ? skipped(null) : waiting;
  if (recording.state === "purged") return done(recording.storedAt, "The audio was taken away since.");
  if (recording.storedAt !== null) return done(recording.storedAt, recording.note);
  const { failure } = recording;
  return failure === null ? running(recording.savedAt) : { state: "failed", at: failure.at, note: failure.message };
}

const WORDS_PURGED = "The words were taken away since.";

function transcribe(call: Call, recording: Recording | null, transcript: Transcript | null): Stage {
  if (transcript === null && call.transcriptState === "purged") return done(null, WORDS_PURGED);
  if (transcript === null) {
    const isHopeless = recording === null ? call.endedAt !== null && nothingComes(call) : recording.failure !== null;
    return isHopeless ? skipped(null) : waiting;
  }
  switch (transcript.state) {
    case "waiting":
      return waiting;
    case "transcribing":
      return running(transcript.submittedAt);
    case "ready":
      return done(transcript.completedAt);
    case "empty":
      return done(transcript.completedAt, "Nobody spoke.");
    case "failed":
      return { state: "failed", at: transcript.failure?.at ?? null, note: transcript.failure?.message ?? null };
    case "purged":
      return done(transcript.completedAt, WORDS_PURGED);
  }
}

/** An ended call that has no recording yet: none is to be expected. */
function nothingComes(call: Call): boolean {
  return call.recordingState !== "recording" && call.recordingState !== "awaited";
}
