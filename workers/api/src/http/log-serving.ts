import { type Context, readWavHeader, recordServing, stretchOfBytes, type WorkspaceActor } from "@earwitness/core";
import type { StoredAudio } from "@earwitness/db";

/** Carriers' headers have a few hundred bytes. A file whose samples begin later counts as one that tells nothing. */
const HEADER_BYTES = 4096;

/**
 * Writes into the audit log which seconds of a recording the bytes hold that are about to be handed out. Bytes without a
 * sample, as a player asks for first, write nothing.
 */
export async function logServing(
  ctx: Context<WorkspaceActor>,
  action: "recording.served" | "recording.downloaded",
  { bucket, audio, part }: { bucket: R2Bucket; audio: StoredAudio; part: { offset: number; length: number } },
): Promise<void> {
  const { recordingId, callId, sizeBytes, durationMs } = audio;
  const isWhole = part.length === sizeBytes;
  // All of it is all of its seconds, whatever its header says.
  const header = isWhole && durationMs !== null ? null : await readHeader(bucket, audio.r2Key);
  const stretch = stretchOfBytes({ header, sizeBytes, durationMs, ...part });
  const whole = stretchOfBytes({ header, sizeBytes, durationMs, offset: 0, length: sizeBytes });
  if (stretch === null || whole === null) return;
  await recordServing(ctx, { action, recordingId, callId, stretch, endMs: whole.toMs });
}

async function readHeader(bucket: R2Bucket, key: string) {
  const head = await bucket.get(key, { range: { offset: 0, length: HEADER_BYTES } });
  return head === null ? null : readWavHeader(await head.bytes());
}
