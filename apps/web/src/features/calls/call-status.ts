import type { CallSummary, HangupCause } from "@earwitness/shared";
import type { Tone } from "../../ui/status.tsx";
import { purgeWords } from "../lifecycle/purge-words.ts";

/** The sign that goes with a status; the component that draws it knows the picture. */
export type CallShape =
  | "ringing"
  | "live"
  | "missed"
  | "busy"
  | "voicemail"
  | "stopped"
  | "waiting"
  | "storing"
  | "transcribing"
  | "done"
  | "nothing"
  | "failed";

export interface CallStatus {
  tone: Tone;
  shape: CallShape;
  word: string;
  /** What it means, where the word alone does not say it. */
  detail?: string;
}

type Told = Pick<
  CallSummary,
  | "state"
  | "direction"
  | "hangupCause"
  | "answeredAt"
  | "recordingState"
  | "notRecordedReason"
  | "transcriptState"
  | "purges"
>;

/**
 * The one status that a person reads for a call: the line first, while it is open; then why nobody spoke, if nobody did; then
 * how far its recording has come, and last its transcript.
 */
export function callStatus(call: Told): CallStatus {
  if (call.state === "ringing") return { tone: "live", shape: "ringing", word: "Ringing" };
  if (call.state === "live") {
    return call.recordingState === "recording"
      ? { tone: "live", shape: "live", word: "Recording" }
      : { tone: "live", shape: "live", word: "Live" };
  }
  if (reachedNobody(call)) return unansweredStatus(call.hangupCause, call.direction);
  return recordedStatus(call);
}

/** No person was at the other end: nobody took the call, or a machine did, which the carrier counts as an answer. */
export function reachedNobody({ answeredAt, hangupCause }: Pick<CallSummary, "answeredAt" | "hangupCause">): boolean {
  return answeredAt === null || hangupCause === "machine";
}

function unansweredStatus(cause: HangupCause | null, direction: CallSummary["direction"]): CallStatus {
  switch (cause) {
    case "busy":
      return { tone: "quiet", shape: "busy", word: "Busy" };
    case "rejected":
      return { tone: "quiet", shape: "busy", word: "Rejected" };
    case "machine":
      return {
        tone: "quiet",
        shape: "voicemail",
        word: "Voicemail",
        detail: "A machine answered; the call was ended.",
      };
    case "not_found":
      return { tone: "warn", shape: "failed", word: "No such number", detail: "The carrier knows no such number." };
    case "failed":
      return { tone: "bad", shape: "failed", word: "Call failed", detail: "The carrier could not connect it." };
    case "time_limit":
      return { tone: "warn", shape: "stopped", word: "Rang too long" };
    case "completed":
    case "no_answer":
    case "cancelled":
    case null:
      if (direction === "inbound") return { tone: "warn", shape: "missed", word: "Missed" };
      return cause === "cancelled"
        ? { tone: "quiet", shape: "stopped", word: "Cancelled" }
        : { tone: "quiet", shape: "missed", word: "No answer" };
  }
}

function recordedStatus({ recordingState, notRecordedReason, transcriptState, purges }: Told): CallStatus {
  switch (recordingState) {
    case null:
      return {
        tone: "quiet",
        shape: "nothing",
        word: "Not recorded",
        ...(notRecordedReason === null ? {} : { detail: notRecordedReason }),
      };
    case "failed":
      return { tone: "bad", shape: "failed", word: "Recording failed" };
    case "missing":
      return { tone: "bad", shape: "failed", word: "Recording missing", detail: "The carrier has no recording of it." };
    case "recording":
    case "awaited":
      return { tone: "work", shape: "waiting", word: "Awaiting audio", detail: "The carrier is saving the recording." };
    case "storing":
      return { tone: "work", shape: "storing", word: "Storing" };
    case "purged":
      return { tone: "quiet", shape: "nothing", word: "Sound purged", detail: purgeWords("recordings", purges) };
    case "stored":
      return transcriptStatus(transcriptState, purges);
  }
}

function transcriptStatus(state: CallSummary["transcriptState"], purges: CallSummary["purges"]): CallStatus {
  switch (state) {
    case null:
      return { tone: "good", shape: "done", word: "Stored" };
    case "waiting":
      return { tone: "work", shape: "waiting", word: "Stored, queued", detail: "It waits for its transcript." };
    case "transcribing":
      return { tone: "work", shape: "transcribing", word: "Transcribing" };
    case "ready":
      return { tone: "good", shape: "done", word: "Done" };
    case "empty":
      return { tone: "quiet", shape: "nothing", word: "No speech", detail: "Nobody spoke in this recording." };
    case "purged":
      return { tone: "quiet", shape: "nothing", word: "Words purged", detail: purgeWords("transcripts", purges) };
    case "failed":
      return { tone: "bad", shape: "failed", word: "Transcript failed" };
  }
}
