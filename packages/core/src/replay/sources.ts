import type {
  CaptionRecord,
  ChunkRecord,
  GapRecord,
  NoticeRecord,
  PauseRecord,
  RecordingRecord,
} from "../ports/repositories/index.ts";
import type { CallRecord, LegRecord } from "../projection/call-record.ts";

/**
 * Where a column of a call's rows comes from. `facts`: from the room's log alone, so that it can be made again from that. `jobs`:
 * from slow work that the facts set off (a transfer, a transcript, a search for what was lost). `settings`: from what the record knew
 * of numbers and workspaces at the time. `people`: from what somebody did afterwards.
 */
export type Source = "facts" | "jobs" | "settings" | "people";

type Sources<Row> = Readonly<Record<keyof Row, Source>>;

const CALL: Sources<CallRecord> = {
  id: "facts",
  workspaceId: "settings",
  room: "facts",
  direction: "facts",
  carrier: "facts",
  carrierSessionId: "facts",
  fromAddress: "facts",
  toAddress: "facts",
  numberId: "settings",
  placedBy: "facts",
  state: "facts",
  startedAt: "facts",
  answeredAt: "facts",
  announcedAt: "facts",
  recordingStartedAt: "facts",
  endedAt: "facts",
  durationMs: "facts",
  hangupCause: "facts",
  endedBy: "facts",
  carrierCause: "facts",
  sipCode: "facts",
  machineResult: "facts",
  // A recording that the carrier does not have is written down as missing by whoever asked for it.
  notRecordedReason: "jobs",
  recordingState: "jobs",
  transcriptState: "jobs",
  firstLine: "jobs",
  language: "jobs",
  lastCaption: "facts",
  liveEndedAt: "facts",
  captionLatency: "facts",
  noticesReceived: "facts",
  noticesRepeated: "facts",
  noticesApplied: "facts",
  purgedAt: "people",
};

const LEG: Sources<LegRecord> = {
  workspaceId: "settings",
  callId: "facts",
  carrierLegId: "facts",
  carrierControlId: "facts",
  party: "facts",
  address: "facts",
  startedAt: "facts",
  answeredAt: "facts",
  endedAt: "facts",
  carrierCause: "facts",
  sipCode: "facts",
};

const NOTICE: Sources<NoticeRecord> = {
  vendor: "facts",
  eventId: "facts",
  eventType: "facts",
  receivedAt: "facts",
  body: "facts",
  applied: "facts",
  flag: "facts",
  repeats: "facts",
};

const RECORDING: Sources<RecordingRecord> = {
  id: "facts",
  workspaceId: "settings",
  callId: "facts",
  state: "jobs",
  source: "facts",
  carrier: "facts",
  carrierRecordingId: "facts",
  carrierLegId: "facts",
  // Good for minutes, and taken away with the audio.
  carrierUrl: "people",
  savedAt: "facts",
  format: "facts",
  // As announced at first, as found in the file then.
  channels: "jobs",
  callerChannel: "facts",
  startedAt: "facts",
  endedAt: "facts",
  durationMs: "jobs",
  sizeBytes: "jobs",
  sha256: "jobs",
  contentType: "jobs",
  r2Key: "jobs",
  peaksKey: "jobs",
  storedAt: "jobs",
  carrierDeletedAt: "jobs",
  failure: "jobs",
  note: "jobs",
};

const CAPTION: Sources<CaptionRecord> = {
  workspaceId: "settings",
  callId: "facts",
  captionId: "facts",
  channel: "facts",
  startMs: "facts",
  endMs: "facts",
  text: "facts",
  words: "facts",
  language: "facts",
};

const CHUNK: Sources<ChunkRecord> = {
  workspaceId: "settings",
  callId: "facts",
  chunk: "facts",
  // Taken away with the sound.
  r2Key: "people",
  startMs: "facts",
  endMs: "facts",
  sizeBytes: "facts",
  held: "facts",
};

const GAP: Sources<GapRecord> = {
  workspaceId: "settings",
  callId: "facts",
  n: "facts",
  kind: "facts",
  channel: "facts",
  startMs: "facts",
  endMs: "facts",
  reason: "facts",
  detail: "facts",
};

const PAUSE: Sources<PauseRecord> = {
  workspaceId: "settings",
  callId: "facts",
  n: "facts",
  startedAt: "facts",
  startedBy: "facts",
  endedAt: "facts",
  endedBy: "facts",
};

/** Of each part of a call's record, where its columns come from. A column that is new must be told here. */
export const SOURCES = {
  call: CALL,
  legs: LEG,
  notices: NOTICE,
  recordings: RECORDING,
  captions: CAPTION,
  chunks: CHUNK,
  gaps: GAP,
  pauses: PAUSE,
} as const;

export type StatePart = keyof typeof SOURCES;
