import { encodeMulaw, SILENCE } from "../../audio/mulaw.ts";
import { findLastSound } from "../../speech/fingerprints.ts";
import { type HeardWord, Recogniser } from "../../speech/recogniser.ts";

/** Samples that are listened to at once: 20 ms, the grain in which pauses are measured. */
const STEP = 160;
export const SAMPLES_PER_MS = 8;
const NEGATIVE_ZERO = 0x7f;

/** What was heard up to a point of the session's audio; times in ms from its first byte. */
export interface Moment {
  readonly atMs: number;
  /** Words that were decided since the moment before. */
  readonly words: readonly HeardWord[];
  /** How long nobody has spoken. Sound that is no speech (music, noise) counts as nobody speaking. */
  readonly silentMs: number;
}

/** Listens to one session's audio. */
export class Ear {
  readonly #recogniser = new Recogniser();
  readonly #toMulaw: (bytes: Uint8Array) => Uint8Array;
  #samples = 0;
  /** The sample after the last one in which somebody spoke. */
  #spokenUntil = 0;

  constructor(encoding: "pcm_s16le" | "pcm_mulaw") {
    this.#toMulaw = encoding === "pcm_mulaw" ? oneSilence : fromPcm;
  }

  get receivedMs(): number {
    return this.#samples / SAMPLES_PER_MS;
  }

  /** Listens to one message's bytes and yields what is known after each step of it. */
  *listen(bytes: Uint8Array): Generator<Moment> {
    const audio = this.#toMulaw(bytes);
    for (let at = 0; at < audio.length; at += STEP) {
      const step = audio.subarray(at, at + STEP);
      const words = this.#recogniser.push(step);
      const lastSound = findLastSound(step, 0, step.length);
      if (this.#recogniser.isFollowing && lastSound >= 0) this.#spoke(this.#samples + lastSound + 1);
      this.#samples += step.length;
      yield this.#moment(words);
    }
  }

  /** What is left to say when no more audio comes. */
  finish(): Moment {
    return this.#moment(this.#recogniser.finish());
  }

  #moment(words: readonly HeardWord[]): Moment {
    for (const { end } of words) this.#spoke(end);
    const silentMs = (this.#samples - this.#spokenUntil) / SAMPLES_PER_MS;
    return { atMs: this.receivedMs, words, silentMs };
  }

  #spoke(until: number): void {
    this.#spokenUntil = Math.max(this.#spokenUntil, until);
  }
}

/** µ-law has two zeros, of which only the positive is in what was learnt. */
function oneSilence(bytes: Uint8Array): Uint8Array {
  return bytes.includes(NEGATIVE_ZERO) ? bytes.map((byte) => (byte === NEGATIVE_ZERO ? SILENCE : byte)) : bytes;
}

function fromPcm(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encodeMulaw(new Int16Array(bytes.length / 2).map((_, i) => view.getInt16(i * 2, true)));
}
