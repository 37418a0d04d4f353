import type { Stamp } from "./stamped-frame.ts";

/** Which frames of a round came, and how long the last of each message took. */
export class HeardFrames {
  readonly #round: number;
  readonly #chunks = new Map<number, Set<number>>();
  latenciesMs: number[] = [];
  framesTwice = 0;
  /** Sound that no carrier of ours sent. */
  framesStrange = 0;

  constructor(round: number) {
    this.#round = round;
  }

  hear(stamps: readonly (Stamp | null)[], atNs: bigint): void {
    // What a pack adds is known by its last frame: the others waited for it, which is the packing interval.
    const last = stamps.at(-1);
    if (last?.round === this.#round) this.latenciesMs.push(Number(atNs - last.sentNs) / 1e6);
    for (const stamp of stamps) {
      if (stamp === null) this.framesStrange += 1;
      else if (stamp.round === this.#round) this.#account(stamp);
    }
  }

  /** Different frames. */
  get framesHeard(): number {
    return [...this.#chunks.values()].reduce((sum, chunks) => sum + chunks.size, 0);
  }

  #account({ call, track, chunk }: Stamp): void {
    const channel = call * 2 + track;
    const chunks = this.#chunks.get(channel) ?? new Set();
    this.#chunks.set(channel, chunks);
    if (chunks.has(chunk)) this.framesTwice += 1;
    chunks.add(chunk);
  }
}
