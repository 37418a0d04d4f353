import type { CallFact } from "@earwitness/core";

/**
 * An entry of the journal is a row, and a lively call settles a caption every other second. What a reset takes of them is less
 * than what it takes of the turns that are being spoken, is listed like those, and comes back with the exact transcript.
 */
const TOGETHER_MS = 4000;

/** Facts that may wait for others, so that they are one entry of the journal. Their order stays. */
export class FactBatch {
  readonly #write: (facts: CallFact[]) => void;
  #waiting: CallFact[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(write: (facts: CallFact[]) => void) {
    this.#write = write;
  }

  /** What is not in the journal yet. */
  get waiting(): readonly CallFact[] {
    return this.#waiting;
  }

  /** Writes them within seconds. */
  add(facts: readonly CallFact[]): void {
    this.#waiting.push(...facts);
    this.#timer ??= setTimeout(() => this.write([]), TOGETHER_MS);
  }

  /** Writes what waits and these now. */
  write(facts: readonly CallFact[]): void {
    const all = [...this.take(), ...facts];
    if (all.length > 0) this.#write(all);
  }

  /** Hands over what waits, for another entry. */
  take(): CallFact[] {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
