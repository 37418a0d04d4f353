import { MULAW_SILENCE, mulawPeak, SAMPLES_PER_MS } from "@earwitness/core";
import type { LiveChannel } from "@earwitness/shared";
import type { PlacedSound } from "./stream-timeline.ts";

/** Within what transcribers take (50 ms to 1 s), and a tenth of the messages. */
export const PACK_MS = 100;
const PACK_SAMPLES = PACK_MS * SAMPLES_PER_MS;

/** A tenth of a second of one channel: what was lost within it is silent, and one of which nothing came is not made. */
export interface SoundPack {
  readonly channel: LiveChannel;
  /** In ms since the answer, a multiple of `PACK_MS`. */
  readonly positionMs: number;
  /** When its last frame reached us, in ms of the epoch. */
  readonly arrivedAtMs: number;
  /** µ-law, always `PACK_MS` long. */
  readonly audio: Uint8Array;
  /** Its loudest sample, 0 to 1. */
  readonly peak: number;
}

/** Packs the frames of one channel, which come in order. */
export class Packer {
  readonly #channel: LiveChannel;
  #open: { readonly index: number; readonly audio: Uint8Array; arrivedAtMs: number } | null = null;

  constructor(channel: LiveChannel) {
    this.#channel = channel;
  }

  /** Takes sound of its channel; gives the packs that are whole by it. */
  take({ audio, fromSample, arrivedAtMs }: PlacedSound): SoundPack[] {
    const packs: SoundPack[] = [];
    if (audio === null) return packs;
    for (let done = 0; done < audio.length; ) {
      const sample = fromSample + done;
      const index = Math.floor(sample / PACK_SAMPLES);
      if (this.#open !== null && this.#open.index !== index) packs.push(...this.flush());
      this.#open ??= { index, audio: new Uint8Array(PACK_SAMPLES).fill(MULAW_SILENCE), arrivedAtMs };
      const at = sample - index * PACK_SAMPLES;
      const piece = audio.subarray(done, done + PACK_SAMPLES - at);
      this.#open.audio.set(piece, at);
      this.#open.arrivedAtMs = Math.max(this.#open.arrivedAtMs, arrivedAtMs);
      done += piece.length;
      if (at + piece.length === PACK_SAMPLES) packs.push(...this.flush());
    }
    return packs;
  }

  /** Gives the pack that is not whole yet, its rest silent. */
  flush(): SoundPack[] {
    const open = this.#open;
    this.#open = null;
    if (open === null) return [];
    const { index, audio, arrivedAtMs } = open;
    const positionMs = index * PACK_MS;
    return [{ channel: this.#channel, positionMs, arrivedAtMs, audio, peak: mulawPeak(audio) }];
  }
}
