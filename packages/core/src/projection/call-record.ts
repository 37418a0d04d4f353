import type {
  CallId,
  CallState,
  CaptionLatency,
  Direction,
  HangupCause,
  NumberId,
  RecordingState,
  TranscriptState,
  WorkspaceId,
} from "@earwitness/shared";

/** A call as the record knows it: the sum of its room's facts, and where its audio and words stand. */
export interface CallRecord {
  readonly id: CallId;
  readonly workspaceId: WorkspaceId;
  readonly room: string;
  readonly direction: Direction;
  readonly carrier: string;
  readonly carrierSessionId: string | null;
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly numberId: NumberId | null;
  readonly placedBy: string | null;
  readonly state: CallState;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly announcedAt: Date | null;
  readonly recordingStartedAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationMs: number | null;
  readonly hangupCause: HangupCause | null;
  readonly endedBy: "caller" | "callee" | "us" | "unknown" | null;
  readonly carrierCause: string | null;
  readonly sipCode: string | null;
  readonly machineResult: string | null;
  readonly notRecordedReason: string | null;
  readonly recordingState: RecordingState | null;
  readonly transcriptState: TranscriptState | null;
  readonly firstLine: string | null;
  readonly language: string | null;
  /** The newest words of the live captions. */
  readonly lastCaption: string | null;
  /** When the last of its captions, chunks and gaps was told; null before, and where there were none. */
  readonly liveEndedAt: Date | null;
  readonly captionLatency: CaptionLatency | null;
  readonly noticesReceived: number;
  readonly noticesRepeated: number;
  readonly noticesApplied: number;
  /** When everything of it but that there was a call was taken away for good: what is told of it later is not written down. */
  readonly purgedAt: Date | null;
}

/** One party's connection. Instants that are not known yet are null. */
export interface LegRecord {
  readonly workspaceId: WorkspaceId;
  readonly callId: CallId;
  readonly carrierLegId: string;
  readonly carrierControlId: string;
  readonly party: "caller" | "callee";
  readonly address: string;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly carrierCause: string | null;
  readonly sipCode: string | null;
}
