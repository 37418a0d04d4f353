import type { CallRecord, RecordingRecord, Utterance } from "@earwitness/core";
import type { WorkspaceId } from "@earwitness/shared";
import { aCall, aRecording, aTranscript } from "@earwitness/testing/records";
import type { Database } from "../../src/index.ts";
import { system } from "./factories.ts";

export interface SpokenLine {
  /** 1 is the caller's. */
  readonly channel?: number | null;
  readonly text: string;
  /** Where they are not what stands between its spaces. */
  readonly words?: readonly string[];
}

const WORD_MS = 400;

/** An ended call with a stored recording and a transcript that is ready, a word every 400 ms. */
export async function aSpokenCall(
  database: Database,
  workspaceId: WorkspaceId,
  lines: readonly (string | SpokenLine)[],
  changes: { call?: Partial<CallRecord>; recording?: Partial<RecordingRecord>; language?: string | null } = {},
): Promise<{ call: CallRecord; recording: RecordingRecord }> {
  const call = aCall(workspaceId, {
    state: "ended",
    recordingState: "stored",
    transcriptState: "ready",
    ...changes.call,
  });
  const recording = aRecording(call, { state: "stored", carrierRecordingId: null, ...changes.recording });
  await database.unitOfWork(system)(async (tx) => {
    await tx.calls.save(call);
    await tx.recordings.add(recording);
  });
  await transcribe(database, recording, lines, changes.language === undefined ? {} : { language: changes.language });
  return { call, recording };
}

/** Gives the recording a transcript that is ready: the words first, as the verb that collects it does. */
export async function transcribe(
  database: Database,
  recording: RecordingRecord,
  lines: readonly (string | SpokenLine)[],
  changes: { version?: number; createdAt?: Date; language?: string | null } = {},
) {
  const waiting = aTranscript(recording, { ...changes, state: "transcribing" });
  await database.unitOfWork(system)((tx) => tx.transcripts.add(waiting));
  const ready = {
    ...waiting,
    language: changes.language === undefined ? "en" : changes.language,
    state: "ready",
  } as const;
  await database.unitOfWork(system)(async (tx) => {
    await tx.transcripts.replaceUtterances(ready, lines.map(utteranceOf));
    await tx.transcripts.save(ready);
  });
  return ready;
}

/** A line of a transcript; each begins a minute after the one before. */
export function utteranceOf(line: string | SpokenLine, at: number): Utterance {
  const said: SpokenLine = typeof line === "string" ? { text: line } : line;
  const { text, channel = 1, words: spoken = text.split(" ") } = said;
  const startMs = at * 60_000;
  const words = spoken.map((each, i) => ({
    text: each,
    startMs: startMs + i * WORD_MS,
    endMs: startMs + (i + 1) * WORD_MS - 50,
    confidence: 0.9,
  }));
  return {
    speaker: String(channel ?? 1),
    channel,
    startMs,
    endMs: words.at(-1)?.endMs ?? startMs,
    confidence: 0.9,
    text,
    words,
  };
}
