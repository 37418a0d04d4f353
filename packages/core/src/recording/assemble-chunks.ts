import { EarwitnessError } from "@earwitness/shared";
import { MULAW_SILENCE, mulawWavHeader, TELEPHONE_HZ, WAV_HEADER_BYTES } from "../audio/index.ts";
import type { BlobStore, Hasher } from "../ports/index.ts";
import type { ChunkRecord, RecordingRecord } from "../ports/repositories/index.ts";
import { type AudioMeasure, measureAudio } from "./measure-audio.ts";
import { CONTENT_TYPES, recordingKey } from "./recording-keys.ts";
import { measureKept, type TransferStep } from "./transfer-recording.ts";
import { readWavHeader } from "./wav-meter.ts";

const CHANNELS = 2;
const BYTES_PER_MS = (TELEPHONE_HZ / 1000) * CHANNELS;
/** Silence is written in pieces of a second, so that an hour of it needs no more memory than that. */
const SILENCE = new Uint8Array(1000 * BYTES_PER_MS).fill(MULAW_SILENCE);

interface AssemblyPorts {
  readonly blobs: BlobStore;
  readonly newSha256: () => Hasher;
}

/** A recording out of a call's live chunks, as it was stored, and what had to be left silent, in ms. */
export interface Assembly extends AudioMeasure {
  readonly lostChunks: number;
}

/**
 * Puts a call's live chunks one after the other into one WAV file of two channels, caller first, each where it belongs; what
 * is between them is silent. One chunk is in memory at a time. A chunk that cannot be found is silent too, and counted. The
 * same again stores nothing anew. Throws `unprocessable` for a call without chunks.
 */
export async function assembleChunks(
  { blobs, newSha256 }: AssemblyPorts,
  recording: RecordingRecord,
  chunks: readonly ChunkRecord[],
  step: TransferStep,
): Promise<Assembly> {
  const first = chunks[0];
  if (first === undefined) throw new EarwitnessError("unprocessable", "The call has no live chunks.");
  const endMs = Math.max(...chunks.map((chunk) => chunk.endMs));
  const dataBytes = (endMs - first.startMs) * BYTES_PER_MS;
  const lost = { count: 0 };
  const file = bytesOf(blobs, chunks, first.startMs, dataBytes, lost);
  const sizeBytes = WAV_HEADER_BYTES + dataBytes;
  const tell = (bytes: number) => step.progress(bytes, sizeBytes, "bytes");
  const { body, measure } = measureAudio(file, "wav", newSha256(), tell);
  const { callId, id } = recording;
  const put = await blobs.putOnce(recordingKey(recording), body, {
    sizeBytes,
    contentType: CONTENT_TYPES.wav,
    metadata: { call: callId, recording: id },
  });
  if (put === "stored") return { ...measure(), lostChunks: lost.count };
  // An attempt that died before it could say so has stored it: what lies there counts.
  const kept = await measureKept({ blobs, newSha256 }, recording, step);
  if (kept === null) throw new EarwitnessError("vendor_failed", "The storage has and has not the recording.");
  return { ...kept, lostChunks: lost.count };
}

async function* bytesOf(
  blobs: BlobStore,
  chunks: readonly ChunkRecord[],
  startMs: number,
  dataBytes: number,
  lost: { count: number },
): AsyncGenerator<Uint8Array> {
  yield mulawWavHeader(CHANNELS, dataBytes);
  let atMs = startMs;
  for (const chunk of chunks) {
    const sound = await soundOf(blobs, chunk);
    if (sound === null) {
      lost.count++;
      continue;
    }
    yield* silence(chunk.startMs - atMs);
    // Two chunks that overlap say the same: the first one's word counts.
    const begun = Math.max(0, atMs - chunk.startMs) * BYTES_PER_MS;
    const ended = (chunk.endMs - chunk.startMs) * BYTES_PER_MS;
    const kept = sound.subarray(begun, ended);
    yield kept;
    atMs = Math.max(atMs, chunk.startMs) + kept.byteLength / BYTES_PER_MS;
  }
  yield* silence(startMs + dataBytes / BYTES_PER_MS - atMs);
}

function* silence(ms: number): Generator<Uint8Array> {
  for (let restBytes = ms * BYTES_PER_MS; restBytes > 0; restBytes -= SILENCE.byteLength) {
    yield SILENCE.subarray(0, Math.min(SILENCE.byteLength, restBytes));
  }
}

/** The interleaved samples of a chunk; null where the storage does not have it, or it is none of ours. */
async function soundOf(blobs: BlobStore, { r2Key }: ChunkRecord): Promise<Uint8Array | null> {
  const stored = await blobs.read(r2Key);
  if (stored === null) return null;
  const bytes = new Uint8Array(await new Response(stored).arrayBuffer());
  const header = readWavHeader(bytes);
  if (header === null || header.encoding !== "mulaw" || header.channels !== CHANNELS) return null;
  return bytes.subarray(header.dataOffset);
}
