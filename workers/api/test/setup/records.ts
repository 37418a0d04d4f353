import type { CallRecord, RecordingRecord, TranscriptRecord } from "@earwitness/core";
import { aCall, aRecording, aTranscript } from "@earwitness/testing/records";
import { asSystem } from "./database.ts";
import type { Tenant } from "./tenant.ts";

/** Puts a call into the record, as its projection would; ended and not recorded unless told otherwise. */
export async function addCall(tenant: Tenant, changes: Partial<CallRecord> = {}): Promise<CallRecord> {
  const startedAt = changes.startedAt ?? new Date("2026-11-20T10:00:00.000Z");
  const call = aCall(tenant.workspaceId, {
    carrierSessionId: null,
    fromAddress: "+4915112345678",
    toAddress: tenant.e164,
    numberId: tenant.numberId,
    state: "ended",
    startedAt,
    endedAt: new Date(startedAt.getTime() + 20_000),
    durationMs: 0,
    hangupCause: "no_answer",
    endedBy: "caller",
    carrierCause: "timeout",
    sipCode: "487",
    ...changes,
  });
  await asSystem((tx) => tx.calls.save(call));
  return call;
}

/** Puts a recording of a call into the record; still at the carrier unless told otherwise. */
export async function addRecording(call: CallRecord, changes: Partial<RecordingRecord> = {}): Promise<RecordingRecord> {
  const recording = aRecording(call, changes);
  await asSystem((tx) => tx.recordings.add(recording));
  return recording;
}

/** Puts a transcript of a recording into the record; not asked for yet unless told otherwise. */
export async function addTranscript(
  recording: RecordingRecord,
  changes: Partial<TranscriptRecord> = {},
): Promise<TranscriptRecord> {
  const transcript = aTranscript(recording, changes);
  await asSystem((tx) => tx.transcripts.add(transcript));
  return transcript;
}

/** Gives a recording a transcript that is ready: each line the caller's, a word every 400 ms. */
export async function addWords(recording: RecordingRecord, lines: readonly string[]): Promise<TranscriptRecord> {
  const transcript = aTranscript(recording, { state: "ready", language: "en" });
  let atMs = 0;
  const spoken = lines.map((text) => {
    const words = text.split(" ").map((each) => {
      atMs += 400;
      return { text: each, startMs: atMs - 400, endMs: atMs, confidence: 0.9 };
    });
    const startMs = words[0]?.startMs ?? atMs;
    return { speaker: "1", channel: 1, startMs, endMs: atMs, confidence: 0.9, text, words };
  });
  await asSystem(async (tx) => {
    await tx.transcripts.add(transcript);
    await tx.transcripts.replaceUtterances(transcript, spoken);
  });
  return transcript;
}
