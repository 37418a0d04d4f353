import { type CallId, notFound, type RecordingId, type RecordingView } from "@earwitness/shared";
import { and, asc, eq } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { calls, recordings } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";
import { amongVisibleCalls, ofVisibleCalls } from "./visible-calls.ts";

/** The recordings of a call, oldest first. Throws `not_found` for a call that is not the workspace's. */
export async function listRecordings(scope: Scope, callId: CallId): Promise<RecordingView[]> {
  const rows = await scope.db
    .select({ recording: recordings })
    .from(calls)
    .leftJoin(recordings, eq(recordings.callId, calls.id))
    .where(and(eq(calls.id, callId), amongVisibleCalls(scope)))
    .orderBy(asc(recordings.savedAt), asc(recordings.id));
  if (rows.length === 0) throw notFound("The call");
  return rows.flatMap(({ recording }) => (recording === null ? [] : [toRecordingView(recording)]));
}

/** Where a stored recording's bytes lie, and what they are. */
export interface StoredAudio {
  readonly recordingId: RecordingId;
  readonly callId: CallId;
  /** null where it could not be measured. */
  readonly durationMs: number | null;
  /** When it began, or where the carrier did not say, when it was there. */
  readonly recordedAt: Date;
  readonly r2Key: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentType: string;
}

/** The audio of a recording. Throws `not_found` for one that is not the workspace's, or whose audio is not stored (yet). */
export async function readStoredAudio(scope: Scope, recordingId: RecordingId): Promise<StoredAudio> {
  const { r2Key, sizeBytes, sha256, contentType, ...recording } = await findRecording(scope, recordingId);
  if (r2Key === null || sizeBytes === null || sha256 === null) throw notFound("The recording's audio");
  const { callId, durationMs, startedAt, savedAt } = recording;
  return {
    recordingId,
    callId,
    durationMs,
    recordedAt: startedAt ?? savedAt,
    r2Key,
    sizeBytes,
    sha256,
    contentType: contentType ?? "audio/wav",
  };
}

/** Where a recording's loudness lies. Throws `not_found` like `readStoredAudio`. */
export async function readPeaksKey(scope: Scope, recordingId: RecordingId): Promise<string> {
  const { peaksKey } = await findRecording(scope, recordingId);
  if (peaksKey === null) throw notFound("The recording's loudness");
  return peaksKey;
}

async function findRecording(scope: Scope, recordingId: RecordingId) {
  const recording = requireRow(
    await scope.db
      .select()
      .from(recordings)
      .where(and(eq(recordings.id, recordingId), ofVisibleCalls(scope, recordings))),
    "The recording",
  );
  // Its keys stay in the record until the storage has let go of them.
  if (recording.state === "purged") throw notFound("The recording's audio");
  return recording;
}

export function toRecordingView(row: typeof recordings.$inferSelect): RecordingView {
  return {
    id: row.id,
    callId: row.callId,
    state: row.state,
    channels: row.channels,
    durationMs: row.durationMs,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    contentType: row.contentType,
    r2Key: row.state === "purged" ? null : row.r2Key,
    carrierRecordingId: row.carrierRecordingId,
    startedAt: instant(row.startedAt),
    endedAt: instant(row.endedAt),
    storedAt: instant(row.storedAt),
    failure: row.failure,
    callerChannel: row.callerChannel,
  };
}
