import type { CallView, Failure } from "@earwitness/shared";
import { reachedNobody } from "../calls/call-status.ts";
import { purgeWords } from "../lifecycle/purge-words.ts";

/** What stands where the sound or the words would be, while they are not there. */
export interface Awaited {
  title: string;
  text: string;
  /** Since when it is so, for a clock that runs; null when nothing runs. */
  since: string | null;
  /** What went wrong, when something did. */
  failure: Failure | null;
  /** What "Try again" would do; null when trying again is of no use. */
  retry: "recording" | "transcript" | null;
}

type Told = Pick<
  CallView,
  | "state"
  | "direction"
  | "startedAt"
  | "answeredAt"
  | "endedAt"
  | "hangupCause"
  | "recordingState"
  | "notRecordedReason"
  | "recordings"
  | "transcriptState"
  | "transcriptFailure"
  | "stages"
  | "purges"
>;

const REASONS: Record<NonNullable<CallView["hangupCause"]>, string> = {
  completed: "The line closed before anybody spoke.",
  busy: "The line was busy.",
  no_answer: "It rang until the carrier gave up.",
  rejected: "The call was turned away.",
  cancelled: "It was hung up before anybody answered.",
  machine: "A machine answered, and the call was ended.",
  not_found: "The carrier knows no such number. Look at its digits.",
  time_limit: "It rang for as long as it may.",
  failed: "The carrier could not connect it.",
};

/** Why there is no sound to play yet, or ever; null once there is. */
export function awaitedSound(call: Told): Awaited | null {
  if (call.recordings.some(({ state }) => state === "stored")) return null;
  const base = { since: null, failure: null, retry: null };
  if (call.state === "ringing") {
    const text = call.direction === "inbound" ? "The caller waits for an answer." : "The other phone rings.";
    return { ...base, title: "Ringing", text, since: call.startedAt };
  }
  if (call.state === "live") {
    const isRecorded = call.recordingState === "recording";
    const text = isRecorded
      ? "It is being recorded. The sound and the words come when the call has ended."
      : (call.notRecordedReason ?? "It is not being recorded.");
    return { ...base, title: isRecorded ? "On the line, recording" : "On the line", text, since: call.answeredAt };
  }
  if (reachedNobody(call)) {
    return {
      ...base,
      title: "Nobody spoke",
      text: call.hangupCause === null ? "It was not answered." : REASONS[call.hangupCause],
    };
  }
  switch (call.recordingState) {
    case null:
      return { ...base, title: "Not recorded", text: call.notRecordedReason ?? "Recording is off for this number." };
    case "failed": {
      const failure = call.recordings.find(({ state }) => state === "failed")?.failure ?? null;
      const retry = failure?.canRetry ? "recording" : null;
      return { ...base, title: "The recording did not come", text: "The carrier may still hold it.", failure, retry };
    }
    case "missing":
      return {
        ...base,
        title: "There is no recording",
        text: "The carrier was asked and has none. What is known of the call stands beside.",
        failure: call.recordings.find(({ failure }) => failure !== null)?.failure ?? null,
      };
    case "purged":
      return { ...base, title: "The sound was taken away", text: purgeWords("recordings", call.purges) };
    case "storing":
      return {
        ...base,
        title: "Storing the recording",
        text: "It is copied from the carrier and hashed on the way.",
        since: call.endedAt,
      };
    default:
      return { ...base, title: "Awaiting the recording", text: "The carrier is saving it.", since: call.endedAt };
  }
}

/** Why there are no words yet, or ever; null when the transcript is ready to be read. */
export function awaitedWords(call: Told): Awaited | null {
  const base = { since: null, failure: null, retry: null };
  const sound = awaitedSound(call);
  // Words stay to be read when the sound is no more.
  if (sound && call.recordingState !== "purged") return { ...sound, retry: null, failure: null };
  switch (call.transcriptState) {
    case "ready":
      return null;
    case null:
      return { ...base, title: "No transcript", text: "None was asked for. The sound plays without words." };
    case "purged":
      return { ...base, title: "The words were taken away", text: purgeWords("transcripts", call.purges) };
    case "empty":
      return {
        ...base,
        title: "Nobody spoke",
        text: "The transcriber heard no words in this recording.",
        retry: call.recordingState === "stored" ? "transcript" : null,
      };
    case "failed":
      return {
        ...base,
        title: "Transcript failed",
        text: "The sound plays without words.",
        failure: call.transcriptFailure,
        retry: call.transcriptFailure?.canRetry === false ? null : "transcript",
      };
    case "waiting":
      return { ...base, title: "In line for the transcriber", text: "The sound plays already.", since: stored(call) };
    case "transcribing": {
      const began = call.stages.find(({ name }) => name === "transcribe")?.at ?? stored(call);
      return {
        ...base,
        title: "Writing the words",
        text: "The sound plays already; the exact words come when all are there.",
        since: began,
      };
    }
  }
}

function stored(call: Told): string | null {
  return call.recordings.find(({ storedAt }) => storedAt !== null)?.storedAt ?? null;
}
