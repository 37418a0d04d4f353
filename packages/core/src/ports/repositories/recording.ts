import type {
  CallId,
  Failure,
  LiveComparison,
  RecordingId,
  RecordingState,
  TranscriptId,
  TranscriptState,
  WorkspaceId,
} from "@earwitness/shared";
import type { Utterance } from "../../transcript/transcript.ts";

export interface RecordingRecord {
  readonly id: RecordingId;
  readonly workspaceId: WorkspaceId;
  readonly callId: CallId;
  readonly state: RecordingState;
  /** `chunks`: put together from the live chunks, because the carrier's own never came. */
  readonly source: "carrier" | "chunks" | "upload";
  readonly carrier: string;
  readonly carrierRecordingId: string | null;
  readonly carrierLegId: string;
  readonly carrierUrl: string | null;
  /** When the carrier said that it has it: its URL lives ten minutes from then. */
  readonly savedAt: Date;
  readonly format: "wav" | "mp3";
  readonly channels: number;
  readonly callerChannel: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationMs: number | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly contentType: string | null;
  readonly r2Key: string | null;
  readonly peaksKey: string | null;
  readonly storedAt: Date | null;
  readonly carrierDeletedAt: Date | null;
  readonly failure: Failure | null;
  /** What the stored audio is found to lack; null when it holds what the carrier said. */
  readonly note: string | null;
}

export interface RecordingRepository {
  /** Throws `not_found`. */
  find(id: RecordingId): Promise<RecordingRecord>;
  /** Locked until the transaction ends. Throws `not_found`. */
  lock(id: RecordingId): Promise<RecordingRecord>;
  ofCall(callId: CallId): Promise<RecordingRecord[]>;
  /** False, changing nothing, when the call has this recording. */
  add(recording: RecordingRecord): Promise<boolean>;
  save(recording: RecordingRecord): Promise<void>;
}

export interface TranscriptRecord {
  readonly id: TranscriptId;
  readonly workspaceId: WorkspaceId;
  readonly callId: CallId;
  readonly recordingId: RecordingId;
  readonly version: number;
  readonly state: TranscriptState;
  readonly vendor: string;
  /** Of the newest submission that we know: while the state is `waiting`, one that is over. */
  readonly vendorTranscriptionId: string | null;
  /** When we were about to submit: set while `waiting` or `failed`, a submission since then may have got lost on its way back. */
  readonly submittingSince: Date | null;
  /** How often it was submitted since a person last asked. */
  readonly submissions: number;
  readonly language: string | null;
  readonly confidence: number | null;
  readonly wordCount: number;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly completedAt: Date | null;
  readonly failure: Failure | null;
  /** Against the live captions; null where there were none. */
  readonly comparison: LiveComparison | null;
}

export interface TranscriptRepository {
  /** Throws `not_found`. */
  find(id: TranscriptId): Promise<TranscriptRecord>;
  /** Locked until the transaction ends. Throws `not_found`. */
  lock(id: TranscriptId): Promise<TranscriptRecord>;
  /** The newest version; null when there is none. */
  ofRecording(recordingId: RecordingId): Promise<TranscriptRecord | null>;
  /** The newest one of the call; null when there is none. */
  ofCall(callId: CallId): Promise<TranscriptRecord | null>;
  add(transcript: TranscriptRecord): Promise<void>;
  save(transcript: TranscriptRecord): Promise<void>;
  /** What was said, in place of what may be there. */
  replaceUtterances(transcript: TranscriptRecord, utterances: readonly Utterance[]): Promise<void>;
  /** Those that the vendor has had since before `submittedBefore` without an answer, and about which no job is to ask already. */
  awaited(options: { submittedBefore: Date; limit: number }): Promise<TranscriptRecord[]>;
}
