import { TELEPHONE_HZ } from "@earwitness/core";

/** A note: its pitch (null for a rest) and its length in ms. */
export type Note = readonly [hz: number | null, ms: number];

/** Quiet enough beside a voice. */
const LOUDNESS = 0.28;
const ATTACK_MS = 12;
const RELEASE_MS = 60;

/**
 * The samples, −1 to 1, of notes one after the other. Each is a soft pluck: a fundamental and two overtones that die away, which
 * a telephone line of 300 to 3,400 Hz carries as it is.
 */
export function play(notes: readonly Note[]): Float64Array {
  const lengths = notes.map(([, ms]) => Math.round((ms * TELEPHONE_HZ) / 1000));
  const samples = new Float64Array(lengths.reduce((sum, length) => sum + length, 0));
  let from = 0;
  for (const [i, [hz]] of notes.entries()) {
    const length = lengths[i] ?? 0;
    if (hz !== null) for (let n = 0; n < length; n += 1) samples[from + n] = pluck(hz, n, length);
    from += length;
  }
  return samples;
}

/** Plays two voices at once; the shorter one is silent at its end. */
export function together(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}

function pluck(hz: number, n: number, length: number): number {
  const seconds = n / TELEPHONE_HZ;
  const turn = 2 * Math.PI * hz * seconds;
  const tone = Math.sin(turn) + 0.3 * Math.sin(2 * turn) + 0.1 * Math.sin(3 * turn);
  const attack = Math.min(1, n / ((ATTACK_MS * TELEPHONE_HZ) / 1000));
  // A note that broke off would click.
  const release = Math.min(1, (length - n) / ((RELEASE_MS * TELEPHONE_HZ) / 1000));
  return LOUDNESS * attack * release * Math.exp(-1.8 * seconds) * tone;
}
