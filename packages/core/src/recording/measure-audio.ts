import { EarwitnessError } from "@earwitness/shared";
import type { Hasher } from "../ports/audio-source.ts";
import { type Mp3Facts, Mp3Meter } from "./mp3-meter.ts";
import { type WavFacts, WavMeter } from "./wav-meter.ts";

/** So much is there in a moment; nobody needs to be told how far it is. */
const SOON_PASSED_BYTES = 4 * 1024 * 1024;
/** A wait at each chunk costs some 30 MiB of a worker's memory, for a bar that moves by less than one can see. */
const TOLD_EACH_BYTES = 1024 * 1024;

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
 * Passes audio through and measures it on the way, in constant memory. `measure` may be asked once `body` has ended. `tell` is told how
 * many bytes have passed: now and then once they are many, and at the end. Throws what `audio` and `tell` do, and `vendor_failed`
 * when what should be a WAV file is none: storage behind a URL may answer a fault with 200.
 */
export function measureAudio(
  audio: AsyncIterable<Uint8Array>,
  format: "wav" | "mp3",
  sha256: Hasher,
  tell: (passedBytes: number) => Promise<void>,
): { body: AsyncIterable<Uint8Array>; measure: () => AudioMeasure } {
  const meter = format === "wav" ? new WavMeter() : null;
  const mp3 = format === "mp3" ? new Mp3Meter() : null;
  let sizeBytes = 0;
  let toldBytes = SOON_PASSED_BYTES;
  const fail = () =>
    new EarwitnessError("vendor_failed", "What the carrier delivered is not the audio file that it announced.");
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of audio) {
      sizeBytes += chunk.byteLength;
      sha256.update(chunk);
      meter?.push(chunk);
      mp3?.push(chunk);
      if (meter?.isUnreadable) throw fail();
      if (sizeBytes >= toldBytes + TOLD_EACH_BYTES) {
        toldBytes = sizeBytes;
        await tell(sizeBytes);
      }
      yield chunk;
    }
    if (meter !== null && !meter.hasHeader) throw fail();
    if (sizeBytes > toldBytes) await tell(sizeBytes);
  }
  return {
    body: pass(),
    measure: () => ({ sizeBytes, sha256: sha256.hex(), wav: meter?.finish() ?? null, mp3: mp3?.finish() ?? null }),
  };
}
