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
  /** 1 = audible; one entry per 10 ms. */
  #audible: Uint8Array = new Uint8Array(1024);
  #frames = 0;
  #rest: Uint8Array = new Uint8Array(0);
  readonly #explained: { from: number; to: number }[] = [];

  push(samples: Uint8Array): void {
    const audio = new Uint8Array(this.#rest.length + samples.length);
    audio.set(this.#rest);
    audio.set(samples, this.#rest.length);
    let at = 0;
    for (; at + BLOCK <= audio.length; at += BLOCK) this.#add(!isQuiet(audio, at));
    this.#rest = audio.subarray(at);
  }

  /** Samples `from` to `to` belong to known speech, whether or not a whole word was heard. */
  know(from: number, to: number): void {
    const last = this.#explained.at(-1);
    if (last !== undefined && from <= last.to + BLOCK && from >= last.from) last.to = Math.max(last.to, to);
    else this.#explained.push({ from, to });
  }

  /** One entry for every stretch of sound that nothing explained. */
  finish(): HeardWord[] {
    for (const { from, to } of this.#explained) {
      this.#audible.fill(0, Math.floor(from / BLOCK), Math.min(this.#frames, Math.ceil(to / BLOCK)));
    }
    const found: HeardWord[] = [];
    let first = -1;
    let last = -1;
    let audible = 0;
    for (let frame = 0; frame <= this.#frames; frame += 1) {
      const ended = first >= 0 && (frame === this.#frames || frame - last > GAP_FRAMES);
      if (ended) {
        if (audible >= WORTH_FRAMES) found.push(stretch(first, last));
        first = -1;
        audible = 0;
      }
      if (frame === this.#frames || this.#audible[frame] !== 1) continue;
      if (first < 0) first = frame;
      last = frame;
      audible += 1;
    }
    return found;
  }

  #add(audible: boolean): void {
    if (this.#frames === this.#audible.length) {
      const longer = new Uint8Array(this.#audible.length * 2);
      longer.set(this.#audible);
      this.#audible = longer;
    }
    this.#audible[this.#frames] = audible ? 1 : 0;
    this.#frames += 1;
  }
}

function stretch(first: number, last: number): HeardWord {
  return {
    text: UNRECOGNISED,
    start: first * BLOCK,
    end: (last + 1) * BLOCK,
    confidence: 0.2,
    language: null,
    voice: null,
  };
}
