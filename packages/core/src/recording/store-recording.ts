import { EarwitnessError, type PeaksView, type RecordingId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { lengthMs, united } from "../coverage/index.ts";
import type { JobUnasked } from "../job/job-handler.ts";
import type { BlobStore, Transcriber, UploadStore } from "../ports/index.ts";
import type { GapRecord, RecordingRecord, Repositories } from "../ports/repositories/index.ts";
import { addTranscript } from "../transcript/add-transcript.ts";
import { assembleChunks } from "./assemble-chunks.ts";
import { announcedDurationMs, compareWithCarrier } from "./compare-with-carrier.ts";
import type { AudioMeasure } from "./measure-audio.ts";
import { mirrorRecordings } from "./mirror-recordings.ts";
import { CONTENT_TYPES, peaksKey, recordingKey } from "./recording-keys.ts";
import { measureKept, type TransferPorts, type TransferStep, transferRecording } from "./transfer-recording.ts";

export interface StoreRecordingPorts extends TransferPorts {
  readonly store: Pick<UploadStore, "remove">;
  readonly transcriber: Pick<Transcriber, "name" | "capabilities">;
}

/**
 * Brings a recording into our storage, from the carrier or out of the call's live chunks, and asks for its transcript. One that
 * is stored already, or was taken away for good, is left alone; a file that is there already, from an attempt that died before it could
 * say so, is measured where it lies and not fetched again; what is taken away while it is being brought, leaves nothing behind.
 * What the file lacks is noted with it: the audio that there is, is kept in any case.
 */
export async function storeRecording(
  ctx: Context<SystemActor>,
  ports: StoreRecordingPorts,
  recordingId: RecordingId,
  step: TransferStep,
): Promise<JobUnasked | undefined> {
  const recording = await ctx.unitOfWork((tx) => tx.recordings.find(recordingId));
  if (recording.state === "stored" || recording.state === "purged") return { kind: "unasked" };
  const { measure, note, isFetched } = await bring(ctx, ports, recording, step);
  const storedPeaksKey = await storePeaks(ports.blobs, recording, measure);
  if (note !== null) ctx.log.warn("A recording is not all that it should be", { recordingId, note });

  const isWanted = await ctx.unitOfWork(async (tx) => {
    // The call first, as the projection does: two that lock in opposite orders wait for each other.
    await tx.calls.lock(recording.callId);
    const current = await tx.recordings.lock(recordingId);
    if (current.state === "purged") return false;
    if (current.state === "stored") return true;
    const stored: RecordingRecord = {
      ...current,
      state: "stored",
      channels: measure.wav?.channels ?? measure.mp3?.channels ?? current.channels,
      durationMs: measure.wav?.durationMs ?? measure.mp3?.durationMs ?? announcedDurationMs(current),
      sizeBytes: measure.sizeBytes,
      sha256: measure.sha256,
      contentType: CONTENT_TYPES[current.format],
      r2Key: recordingKey(current),
      peaksKey: storedPeaksKey,
      storedAt: ctx.clock.now(),
      failure: null,
      note,
    };
    await tx.recordings.save(stored);
    await mirrorRecordings(tx, stored.callId);
    await addTranscript(ctx, tx, stored, ports.transcriber);
    await deleteCarrierCopyIfWanted(tx, stored);
    await tx.outbox.tellCall(stored.workspaceId, stored.callId, "recording");
    return true;
  });
  if (!isWanted) {
    await ports.store.remove(recordingKey(recording));
    if (storedPeaksKey !== null) await ports.store.remove(storedPeaksKey);
  }
  return isFetched ? undefined : { kind: "unasked" };
}

interface Brought {
  readonly measure: AudioMeasure;
  /** What it lacks, in words. */
  readonly note: string | null;
  /** The carrier was asked for it. */
  readonly isFetched: boolean;
}

/** From the carrier, from where an upload was moved to, or from the call's own live chunks. */
async function bring(
  ctx: Context<SystemActor>,
  ports: StoreRecordingPorts,
  recording: RecordingRecord,
  step: TransferStep,
): Promise<Brought> {
  if (recording.source === "carrier") {
    const kept = await measureKept(ports, recording, step);
    const measure = kept ?? (await transferRecording(ports, recording, ctx.clock.now(), step));
    return { measure, note: compareWithCarrier(recording, measure), isFetched: kept === null };
  }
  if (recording.source === "upload") return bringUploaded(ports, recording, step);
  const { chunks, gaps } = await ctx.unitOfWork(async (tx) => ({
    chunks: await tx.live.chunksOf(recording.callId),
    gaps: await tx.live.gapsOf(recording.callId),
  }));
  const { lostChunks, ...measure } = await assembleChunks(ports, recording, chunks, step);
  return { measure, note: noteOnAssembly(lostChunks, gaps), isFetched: false };
}

/** It was looked at before it was moved there: what it lacks, it lacked when it was made. */
async function bringUploaded(
  ports: StoreRecordingPorts,
  recording: RecordingRecord,
  step: TransferStep,
): Promise<Brought> {
  const measure = await measureKept(ports, recording, step);
  if (measure === null) throw new EarwitnessError("not_found", "The storage does not have the recording any more.");
  const isTruncated = measure.wav?.isTruncated ?? measure.mp3?.isTruncated ?? false;
  return {
    measure,
    note: isTruncated ? "The file ends before the length that its own header gives." : null,
    isFetched: false,
  };
}

function noteOnAssembly(lostChunks: number, gaps: readonly GapRecord[]): string {
  const lacking = lengthMs(united(gaps.filter(({ kind }) => kind === "audio")));
  const lost = lostChunks === 0 ? "" : ` ${lostChunks} of its pieces could not be found and are silent.`;
  const silent = lacking === 0 ? "" : ` ${(lacking / 1000).toFixed(2)} s did not reach us and are silent.`;
  return `Put together from the live sound, because the carrier's own recording did not come.${silent}${lost}`;
}

/** The loudness lies beside the audio as the API gives it out. null for a format whose inside we do not read. */
async function storePeaks(blobs: BlobStore, recording: RecordingRecord, { wav }: AudioMeasure): Promise<string | null> {
  if (wav === null) return null;
  const key = peaksKey(recording);
  const view: PeaksView = {
    recordingId: recording.id,
    windowMs: wav.peaks.windowMs,
    durationMs: wav.durationMs,
    peaks: wav.peaks.channels.map((values) => Array.from(values)),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(view));
  const body = new Blob([bytes]).stream();
  await blobs.putOnce(key, body, { sizeBytes: bytes.byteLength, contentType: "application/json" });
  return key;
}

async function deleteCarrierCopyIfWanted(tx: Repositories, recording: RecordingRecord): Promise<void> {
  // What was made elsewhere, or by ourselves, is at no carrier.
  if (recording.source !== "carrier") return;
  const call = await tx.calls.find(recording.callId);
  if (call.numberId === null) return;
  const number = await tx.numbers.find(call.numberId);
  if (!number.deleteCarrierCopy) return;
  await tx.jobs.add({
    workspaceId: recording.workspaceId,
    kind: "recording.delete_carrier_copy",
    key: `recording.delete_carrier_copy/${recording.id}`,
    payload: { recordingId: recording.id },
    callId: recording.callId,
  });
}
