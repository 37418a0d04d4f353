import type { CallRecord, RecordingRecord, Transcriber, TranscriptRecord } from "@earwitness/core";
import { EarwitnessError, newId } from "@earwitness/shared";
import { aCall, aRecording, aTranscript } from "@earwitness/testing/records";
import type { Database } from "../../src/index.ts";
import { aWorkspace, system } from "./factories.ts";

const startedAt = new Date("2026-11-21T09:00:00Z");

/** An ended call, its stored recording and a transcript of it that waits to be asked for. */
export async function aStoredRecording(
  database: Database,
  changes: { call?: Partial<CallRecord>; transcript?: Partial<TranscriptRecord> } = {},
): Promise<{ call: CallRecord; recording: RecordingRecord; transcript: TranscriptRecord }> {
  const workspaceId = await aWorkspace(database);
  const call = aCall(workspaceId, {
    state: "ended",
    endedAt: startedAt,
    recordingState: "stored",
    transcriptState: "waiting",
    ...changes.call,
  });
  const id = newId("recording");
  const recording = aRecording(call, {
    id,
    state: "stored",
    carrierRecordingId: null,
    savedAt: startedAt,
    startedAt,
    endedAt: new Date(startedAt.getTime() + 10_000),
    durationMs: 10_000,
    sizeBytes: 320_044,
    sha256: "0".repeat(64),
    contentType: "audio/wav",
    r2Key: `recordings/${workspaceId}/${call.id}/${id}.wav`,
    storedAt: startedAt,
  });
  const transcript = aTranscript(recording, { createdAt: startedAt, ...changes.transcript });
  await database.unitOfWork(system)(async (tx) => {
    await tx.calls.save(call);
    await tx.recordings.add(recording);
    await tx.transcripts.add(transcript);
  });
  return { call, recording, transcript };
}

/** A transcriber that does as it is told and writes down what it is asked. */
export class ScriptedTranscriber implements Transcriber {
  readonly name = "assemblyai";
  readonly capabilities = {
    maxChannels: 32,
    languages: new Set(["en", "es"]),
    minDurationMs: 160,
    callback: "webhook",
  } as const;
  readonly submissions: Parameters<Transcriber["submit"]>[0][] = [];
  outcome: Awaited<ReturnType<Transcriber["fetch"]>> = { kind: "pending" };
  /** Set where the answer to a submission gets lost on its way. */
  losesAnswers = false;
  /** Set where it cannot be asked what it has. */
  listsNothing = false;

  async submit(request: Parameters<Transcriber["submit"]>[0]) {
    this.submissions.push(request);
    if (this.losesAnswers) throw new Error("The connection broke off");
    return { vendorTranscriptionId: `vendor-${this.submissions.length}` };
  }
  async findSubmission(audioUrl: string) {
    if (this.listsNothing) throw new EarwitnessError("vendor_failed", "The list is away", { retryable: true });
    const index = this.submissions.findLastIndex((each) => each.audioUrl === audioUrl);
    return index < 0 ? null : { vendorTranscriptionId: `vendor-${index + 1}` };
  }
  async fetch() {
    return this.outcome;
  }
  async check() {
    return { message: "ok" };
  }
}
