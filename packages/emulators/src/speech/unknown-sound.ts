import { BLOCK, isQuiet } from "./fingerprints.ts";
import type { HeardWord } from "./recogniser.ts";

/** What stands in the transcript for sound that matches no known speech. */
export const UNRECOGNISED = "[unrecognised speech]";
/** Frames (10 ms) of unknown sound that make a stretch worth a word. */
const WORTH_FRAMES = 20;
/** Frames of quiet that end a stretch: 300 ms. */
const GAP_FRAMES = 30;

/** Keeps account of which audible frames of a channel were explained by known speech. */
export class UnknownSound {
  /** The frames that may still be explained, one entry per 10 ms: whether there is sound that nothing explains. */
  #frames: boolean[] = [];
  /** The number of the first of them. */
  #first = 0;
  #rest: Uint8Array = new Uint8Array(0);
  /** The last sample that is explained; it may lie in a frame that is not whole yet. */
  #explainedUntil = 0;
  #stretch: { readonly first: number; readonly last: number; readonly audible: number } | null = null;

  push(samples: Uint8Array): void {
    const audio = this.#joinRest(samples);
    let at = 0;
    for (; at + BLOCK <= audio.length; at += BLOCK) {
      const isExplained = (this.#first + this.#frames.length) * BLOCK < this.#explainedUntil;
      this.#frames.push(!isExplained && !isQuiet(audio, at));
    }
    // A copy: the bytes may be part of a message that is long gone by then.
    this.#rest = audio.slice(at);
  }

  /** Samples `from` to `to` belong to known speech, whether or not a whole word was heard. */
  know(from: number, to: number): void {
    const begin = Math.max(0, Math.floor(from / BLOCK) - this.#first);
    this.#frames.fill(false, begin, Math.max(begin, Math.ceil(to / BLOCK) - this.#first));
    this.#explainedUntil = Math.max(this.#explainedUntil, to);
  }

  /** The stretches of unknown sound that are over, where nothing before sample `until` will be explained any more. */
  settle(until: number): HeardWord[] {
    const count = Math.min(this.#frames.length, Math.floor(until / BLOCK) - this.#first);
    if (count <= 0) return [];
    const settled = this.#frames.splice(0, count);
    const found = settled.flatMap((isAudible, index) => this.#follow(this.#first + index, isAudible));
    this.#first += count;
    return found;
  }

  /** Whatever is left when no more sound comes. */
  finish(): HeardWord[] {
    return [...this.settle((this.#first + this.#frames.length) * BLOCK), ...this.#end()];
  }

  #joinRest(samples: Uint8Array): Uint8Array {
    if (this.#rest.length === 0) return samples;
    const audio = new Uint8Array(this.#rest.length + samples.length);
    audio.set(this.#rest);
    audio.set(samples, this.#rest.length);
    return audio;
  }

  #follow(frame: number, isAudible: boolean): HeardWord[] {
    const current = this.#stretch;
    const ended = current !== null && frame - current.last > GAP_FRAMES ? this.#end() : [];
    if (isAudible) {
      const { first, audible } = this.#stretch ?? { first: frame, audible: 0 };
      this.#stretch = { first, last: frame, audible: audible + 1 };
    }
    return ended;
  }

  #end(): HeardWord[] {
    const stretch = this.#stretch;
    this.#stretch = null;
    if (stretch === null || stretch.audible < WORTH_FRAMES) return [];
    return [
      {
        text: UNRECOGNISED,
        start: stretch.first * BLOCK,
        end: (stretch.last + 1) * BLOCK,
        confidence: 0.2,
        language: null,
        voice: null,
      },
    ];
  }
}
