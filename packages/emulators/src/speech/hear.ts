import { encodeMulaw } from "../audio/mulaw.ts";
import { UnreadableAudio, WavReader } from "../audio/wav-reader.ts";
import { type HeardWord, Recogniser } from "./recogniser.ts";
import { SAMPLE_HZ } from "./speech.ts";

export interface Heard {
  /** The words of each channel, in time order. */
  readonly channels: readonly (readonly HeardWord[])[];
  readonly durationMs: number;
}

/** The audio is longer than whoever listens takes. */
export class AudioTooLong extends Error {
  override readonly name = "AudioTooLong";
}

/**
 * Listens to a WAV file while it arrives. With `separate` false the channels are mixed into one. Throws `UnreadableAudio`, and
 * `AudioTooLong` as soon as more than `maxMs` are there.
 */
export async function hear(
  file: AsyncIterable<Uint8Array>,
  { separate, maxMs }: { separate: boolean; maxMs: number },
): Promise<Heard> {
  const reader = new WavReader();
  let listeners: { readonly recogniser: Recogniser; readonly words: HeardWord[] }[] = [];
  let samples = 0;
  for await (const bytes of file) {
    const channels = reader.push(bytes);
    const [first] = channels;
    if (first === undefined || reader.format === undefined) continue;
    if (((samples + first.length) * 1000) / reader.format.sampleHz > maxMs) throw new AudioTooLong();
    const heard = (separate ? channels : [mix(channels)]).map((pcm) =>
      atTelephoneRate(pcm, reader.format?.sampleHz, samples),
    );
    samples += first.length;
    if (listeners.length === 0) listeners = heard.map(() => ({ recogniser: new Recogniser(), words: [] }));
    heard.forEach((pcm, channel) => {
      const listener = listeners[channel];
      listener?.words.push(...listener.recogniser.push(encodeMulaw(pcm)));
    });
  }
  const { sampleHz } = reader.finish();
  return {
    channels: listeners.map(({ recogniser, words }) =>
      [...words, ...recogniser.finish()].sort((a, b) => a.start - b.start),
    ),
    durationMs: (samples * 1000) / sampleHz,
  };
}

function mix(channels: readonly Int16Array[]): Int16Array {
  const [first = new Int16Array(0), ...others] = channels;
  if (others.length === 0) return first;
  return first.map((sample, i) => {
    const sum = others.reduce((mixed, channel) => mixed + (channel[i] ?? 0), sample);
    return Math.max(-32_768, Math.min(32_767, sum));
  });
}

/**
 * Known speech is telephone audio: at a higher rate it is known where it was raised by holding its samples, so the sample that
 * was there at each moment is taken. `before` of the file's samples came earlier.
 */
function atTelephoneRate(pcm: Int16Array, sampleHz = SAMPLE_HZ, before: number): Int16Array {
  if (sampleHz === SAMPLE_HZ) return pcm;
  if (sampleHz < 4000) throw new UnreadableAudio(`A sampling rate of ${sampleHz} Hz is too low for speech.`);
  const first = Math.ceil((before * SAMPLE_HZ) / sampleHz);
  const end = Math.ceil(((before + pcm.length) * SAMPLE_HZ) / sampleHz);
  return new Int16Array(end - first).map((_, i) => pcm[Math.floor(((first + i) * sampleHz) / SAMPLE_HZ) - before] ?? 0);
}
