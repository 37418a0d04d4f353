import { PACK_MS } from "../media/packer.ts";

/** Over so long it is looked how fast sound comes: a stall and the burst that follows it even out. */
const WINDOW_MS = 10_000;
/** Less says nothing about a pace: two packs may come in the same moment. */
const SHORTEST_MS = 1_000;
const SAMPLE_EVERY_MS = 500;

/**
 * How much sound may be sent, so that it is not faster than it is spoken. On a phone line a second of it comes in a second, but
 * not evenly: what was held up comes at once, and must not go on at once. Where sound comes faster for good, its own pace
 * counts.
 */
export class SpeechPace {
  readonly #samples: { readonly atMs: number; readonly positionMs: number }[] = [];
  #earnedAtMs: number | null = null;
  #rest = 0;

  /** Takes note of a pack that has come; gives how many may be sent more than before. */
  earn(nowMs: number, positionMs: number): number {
    const sinceMs = nowMs - (this.#earnedAtMs ?? nowMs);
    this.#earnedAtMs = nowMs;
    this.#note(nowMs, positionMs);
    this.#rest += (Math.max(0, sinceMs) * this.#pace(nowMs, positionMs)) / PACK_MS;
    const earned = Math.floor(this.#rest);
    this.#rest -= earned;
    return earned;
  }

  #note(atMs: number, positionMs: number): void {
    if (atMs - (this.#samples.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) < SAMPLE_EVERY_MS) return;
    this.#samples.push({ atMs, positionMs });
    // The oldest is kept until the next one is old enough: a stall must lie within what is looked at.
    while ((this.#samples[1]?.atMs ?? atMs) < atMs - WINDOW_MS) this.#samples.shift();
  }

  #pace(nowMs: number, positionMs: number): number {
    const oldest = this.#samples[0];
    if (oldest === undefined || nowMs - oldest.atMs < SHORTEST_MS) return 1;
    return Math.max(1, (positionMs - oldest.positionMs) / (nowMs - oldest.atMs));
  }
}
