import { EarwitnessError, hasCode } from "@earwitness/shared";
import type { JobStep } from "../job/job-handler.ts";
import type { AudioSource, BlobStore, CarrierRecording, CarrierRecords, Hasher } from "../ports/index.ts";
import type { RecordingRecord } from "../ports/repositories/index.ts";
import { type AudioMeasure, measureAudio } from "./measure-audio.ts";
import { CONTENT_TYPES, recordingKey } from "./recording-keys.ts";

export interface TransferPorts {
  readonly records: CarrierRecords;
  readonly audio: AudioSource;
  readonly blobs: BlobStore;
  readonly newSha256: () => Hasher;
}

/** What bringing a recording may know of its job, and say of itself. */
export type TransferStep = Pick<JobStep, "signal" | "progress">;

/** Addresses tried in one attempt of the job: that of the notice, and fresh ones after it. */
const MAX_TRANSFERS = 3;
/** The carrier's addresses live ten minutes; in the last one a transfer is better begun with a fresh one. */
const URL_LIFE_MS = 9 * 60_000;

/**
 * Brings a recording's file from the carrier to where it stays, and measures what is there. A transfer that breaks off leaves nothing
 * behind and begins again from a fresh address, unless the carrier wants to be let alone for a while. Throws `vendor_failed`, retryable,
 * when no address is good: what the carrier has just given an address of, it has.
 */
export async function transferRecording(
  ports: TransferPorts,
  recording: RecordingRecord,
  now: Date,
  step: TransferStep,
): Promise<AudioMeasure> {
  const { carrierUrl, savedAt } = recording;
  let url = now.getTime() - savedAt.getTime() < URL_LIFE_MS ? carrierUrl : null;
  for (let transfers = 1; ; transfers++) {
    try {
      return await transfer(ports, recording, url ?? (await mintUrl(ports.records, recording)), step);
    } catch (error) {
      if (step.signal.aborted || !isWorthAnother(error)) throw error;
      if (transfers === MAX_TRANSFERS) throw laterAgain(error);
      url = null;
    }
  }
}

/** An address that has died is as good a reason for a fresh one as a transfer that broke off. */
function isWorthAnother(error: unknown): boolean {
  if (!(error instanceof EarwitnessError)) return true;
  return error.retryAfterMs === undefined && (error.retryable || error.code === "not_found");
}

/** Addresses that are refused as soon as they are given are a fault of the storage behind them, and pass like others. */
function laterAgain(error: unknown): unknown {
  if (!hasCode(error, "not_found")) return error;
  const { message, vendorAnswer } = error;
  return new EarwitnessError("vendor_failed", message, { ...(vendorAnswer && { vendorAnswer }), cause: error });
}

async function transfer(
  ports: TransferPorts,
  recording: RecordingRecord,
  url: string,
  step: TransferStep,
): Promise<AudioMeasure> {
  const { format, callId, id } = recording;
  const { body: file, sizeBytes } = await ports.audio.open(url, step.signal);
  const tell = (bytes: number) => step.progress(bytes, sizeBytes, "bytes");
  const { body, measure } = measureAudio(file, format, ports.newSha256(), tell);
  const put = await ports.blobs.putOnce(recordingKey(recording), body, {
    sizeBytes,
    contentType: CONTENT_TYPES[format],
    metadata: { call: callId, recording: id },
  });
  const kept = put === "existing" ? await measureKept(ports, recording, step) : null;
  return kept ?? measure();
}

/** Measures a recording's file where it stays; null while it is not there. */
export async function measureKept(
  { blobs, newSha256 }: Pick<TransferPorts, "blobs" | "newSha256">,
  recording: RecordingRecord,
  step: TransferStep,
): Promise<AudioMeasure | null> {
  const kept = await blobs.read(recordingKey(recording));
  if (kept === null) return null;
  const tell = (bytes: number) => step.progress(bytes, null, "bytes");
  const { body, measure } = measureAudio(kept, recording.format, newSha256(), tell);
  for await (const _ of body) {
    // Measured as it passes.
  }
  return measure();
}

async function mintUrl(records: CarrierRecords, recording: RecordingRecord): Promise<string> {
  const url = (await findAtCarrier(records, recording))?.urls[recording.format];
  if (url !== undefined) return url;
  // The carrier's list may lag its notice by a moment.
  throw new EarwitnessError("vendor_failed", "The carrier has no address for this recording.", { retryable: true });
}

/**
 * By its id where the notice told it, else the leg's recording that began at the same time; the leg's only one where a start is
 * not told. Another recording of the leg is never taken for it: it would be stored, or deleted, in its place.
 */
export async function findAtCarrier(
  records: CarrierRecords,
  recording: RecordingRecord,
): Promise<CarrierRecording | null> {
  const { carrierRecordingId, carrierLegId, startedAt } = recording;
  if (carrierRecordingId !== null) {
    const found = await records.recording(carrierRecordingId);
    if (found !== null) return found;
  }
  const ofLeg = await records.recordingsOfLeg(carrierLegId);
  const sameStart = ofLeg.find(
    (each) => startedAt !== null && Date.parse(each.startedAt ?? "") === startedAt.getTime(),
  );
  if (sameStart !== undefined) return sameStart;
  const [only, ...others] = ofLeg;
  if (only === undefined || others.length > 0) return null;
  return startedAt === null || only.startedAt === null ? only : null;
}
