import { HOUR_MS } from "../durations.ts";
import type { Hasher } from "../ports/index.ts";
import { Mp3Meter } from "../recording/mp3-meter.ts";
import { WavMeter } from "../recording/wav-meter.ts";

/** What a recording that was made elsewhere turned out to be. */
export interface SoundFacts {
  readonly format: "wav" | "mp3";
  readonly channels: number;
  readonly durationMs: number;
  /** Of its bytes, lower-case hex. */
  readonly sha256: string;
}

/** The transcriber takes sound of ten hours at most. */
const MAX_DURATION_MS = 10 * HOUR_MS;
/** One voice on each, or all on one; a file of more was not made of a call. */
const MAX_CHANNELS = 2;

/**
 * Reads a recording to its end, in constant memory: what it is, or, as a sentence, why it is not what was announced, or is not
 * taken at all. `sha256` is null where none was announced. `tell` is told how much has been read, chunk by chunk. Throws when `signal`
 * is aborted, what `tell` throws, and what breaks the stream.
 */
export async function lookAtSound(
  file: ReadableStream<Uint8Array>,
  announced: { readonly contentType: string; readonly sha256: string | null },
  digest: Hasher,
  signal: AbortSignal,
  tell: (readBytes: number) => Promise<void> = async () => {},
): Promise<SoundFacts | string> {
  const format = announced.contentType === "audio/wav" ? "wav" : "mp3";
  const meter = format === "wav" ? new WavMeter() : new Mp3Meter();
  let readBytes = 0;
  await file.pipeTo(
    new WritableStream({
      async write(chunk) {
        digest.update(chunk);
        meter.push(chunk);
        readBytes += chunk.byteLength;
        await tell(readBytes);
      },
    }),
    { signal },
  );
  const sha256 = digest.hex();
  if (announced.sha256 !== null && sha256 !== announced.sha256) {
    return "Its bytes are others than were announced: the SHA-256 differs.";
  }
  const facts = meter.finish();
  if (facts === null) return WHAT_IS_TAKEN[format];
  if (facts.channels > MAX_CHANNELS) return `It has ${facts.channels} channels; two at most are taken.`;
  if (facts.durationMs === 0) return "There is no sound in it.";
  if (facts.durationMs > MAX_DURATION_MS) return "It is longer than ten hours, and nobody would transcribe it.";
  return { format, channels: facts.channels, durationMs: facts.durationMs, sha256 };
}

const WHAT_IS_TAKEN = {
  wav: "It is not a WAV file that is taken: PCM of 16 bits, µ-law or A-law. Convert it, and announce that.",
  mp3: "It is not an MP3 file (MPEG audio layer III). Convert it, and announce that.",
} as const;
