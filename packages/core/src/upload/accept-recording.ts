import { type CompleteUpload, isId, type RecordingId, type UploadId } from "@earwitness/shared";
import { roomNameOfCall } from "../call/room-door.ts";
import type { Actor, Context } from "../context.ts";
import type { Repositories, UploadRecord } from "../ports/repositories/index.ts";
import type { CallRecord } from "../projection/call-record.ts";
import { addRecording, type NewRecording } from "../recording/add-recording.ts";
import { recordingKey } from "../recording/recording-keys.ts";
import type { SoundFacts } from "./look-at-sound.ts";
import { auditOf } from "./refuse-upload.ts";
import { UPLOADED } from "./uploaded.ts";

/**
 * Makes a call of a recording that lies under its final key: over since the file's end, with the recording on its way through the
 * same jobs as a carrier's. Once: an upload that is settled stays as it is.
 */
export async function acceptRecording(ctx: Context<Actor>, uploadId: UploadId, facts: SoundFacts): Promise<void> {
  await ctx.unitOfWork(async (tx) => makeCall(ctx, tx, await tx.uploads.lock(uploadId), facts));
}

/** The same within the transaction at hand, of an upload that nobody else can settle meanwhile. */
export async function makeCall(
  ctx: Pick<Context, "clock">,
  tx: Repositories,
  upload: UploadRecord,
  facts: SoundFacts,
): Promise<void> {
  const { callId, details, workspaceId } = upload;
  if (upload.state !== "checking" || callId === null || details?.recordingId == null) return;
  if (details.said.kind !== "recording") return;
  const { recordingId, said, by } = details;
  const call = await callOf(tx, { ...upload, callId }, said, facts);
  await tx.calls.save(call);
  // They know it already: it stays theirs to see.
  if (isId("user", by)) await tx.calls.addMembers(call, [by]);
  await claimRoom(tx, call);
  await addRecording(tx, recordingOf(call, recordingId, said.callerChannel, facts, ctx.clock.now()));
  const r2Key = recordingKey({ workspaceId, callId, id: recordingId, format: facts.format });
  await tx.uploads.save({ ...upload, state: "accepted", r2Key, settledAt: ctx.clock.now() });
  await tx.outbox.tellCall(workspaceId, callId);
  const { kind, contentType, sizeBytes, sha256 } = upload;
  const what = { kind, contentType, sizeBytes, sha256, callId, recordingId, durationMs: facts.durationMs };
  await tx.audit.append({ action: "upload.accepted", ...auditOf(upload), details: what });
}

type Said = Extract<CompleteUpload, { kind: "recording" }>;

/** Answered and recorded from its first moment to its last: of what was before and after the file nobody knows. */
async function callOf(
  tx: Pick<Repositories, "numbers">,
  { workspaceId, callId }: Pick<UploadRecord, "workspaceId"> & { callId: CallRecord["id"] },
  said: Said,
  { durationMs }: SoundFacts,
): Promise<CallRecord> {
  const number = await tx.numbers.byE164(said.direction === "inbound" ? said.to : said.from);
  const startedAt = new Date(said.startedAt);
  return {
    id: callId,
    workspaceId,
    room: roomNameOfCall(callId),
    direction: said.direction,
    carrier: UPLOADED,
    carrierSessionId: null,
    fromAddress: said.from,
    toAddress: said.to,
    numberId: number?.workspaceId === workspaceId ? number.id : null,
    placedBy: null,
    state: "ended",
    startedAt,
    answeredAt: startedAt,
    announcedAt: null,
    recordingStartedAt: startedAt,
    endedAt: new Date(startedAt.getTime() + durationMs),
    durationMs,
    hangupCause: "completed",
    endedBy: "unknown",
    carrierCause: null,
    sipCode: null,
    machineResult: null,
    notRecordedReason: null,
    recordingState: "storing",
    transcriptState: null,
    firstLine: null,
    language: said.language,
    lastCaption: null,
    liveEndedAt: null,
    captionLatency: null,
    noticesReceived: 0,
    noticesRepeated: 0,
    noticesApplied: 0,
    purgedAt: null,
  };
}

/** No carrier's notice ever begins its room; the transcriber's come there, and are this call's. */
async function claimRoom(tx: Pick<Repositories, "rooms">, call: CallRecord): Promise<void> {
  const cursor = await tx.rooms.lock(call.room);
  await tx.rooms.advance(cursor, { ...cursor, callId: call.id, workspaceId: call.workspaceId });
}

function recordingOf(
  call: CallRecord,
  id: RecordingId,
  callerChannel: number,
  { format, channels }: SoundFacts,
  savedAt: Date,
): NewRecording {
  return {
    id,
    workspaceId: call.workspaceId,
    callId: call.id,
    source: "upload",
    carrier: UPLOADED,
    carrierRecordingId: null,
    carrierLegId: "",
    carrierUrl: null,
    savedAt,
    format,
    channels,
    callerChannel,
    startedAt: call.startedAt,
    endedAt: call.endedAt,
  };
}
