import { EarwitnessError } from "@earwitness/shared";
import type { Hasher } from "../ports/audio-source.ts";
import { type Mp3Facts, Mp3Meter } from "./mp3-meter.ts";
import { type WavFacts, WavMeter } from "./wav-meter.ts";

/** What was found out about audio while it passed. */
export interface AudioMeasure {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** null for another format. */
  readonly wav: WavFacts | null;
  /** null for another format, and for a file that is none by its inside: only players know what they still play. */
  readonly mp3: Mp3Facts | null;
}

/**
 * Passes audio through and measures it on the way, in constant memory. `measure` may be asked once the stream has ended.
 * The stream errors when `audio` does, and with `vendor_failed` when what should be a WAV file is none: storage behind a URL
 * may answer a fault with 200.
 */
export function measureAudio(
  audio: ReadableStream<Uint8Array>,
  format: "wav" | "mp3",
  sha256: Hasher,
): { body: ReadableStream<Uint8Array>; measure: () => AudioMeasure } {
  const meter = format === "wav" ? new WavMeter() : null;
  const mp3 = format === "mp3" ? new Mp3Meter() : null;
  let sizeBytes = 0;
  const fail = () =>
    new EarwitnessError("vendor_failed", "What the carrier delivered is not the audio file that it announced.");
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      sizeBytes += chunk.byteLength;
      sha256.update(chunk);
      meter?.push(chunk);
      mp3?.push(chunk);
      if (meter?.isUnreadable) throw fail();
      controller.enqueue(chunk);
    },
    flush() {
      if (meter !== null && !meter.hasHeader) throw fail();
    },
  });
  // What breaks the pipe errors the stream that is read, and is told there.
  audio.pipeTo(through.writable).catch(() => {});
  return {
    body: through.readable,
    measure: () => ({ sizeBytes, sha256: sha256.hex(), wav: meter?.finish() ?? null, mp3: mp3?.finish() ?? null }),
  };
}
