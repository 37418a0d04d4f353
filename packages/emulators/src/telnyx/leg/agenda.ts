import type { CallClock } from "./clock.ts";

interface Item {
  readonly atMs: number;
  readonly act: () => void;
}

/**
 * What will happen on a call, in call time. An item that the machine reaches late is still done at its own time and in its order,
 * so that a busy computer does not lengthen a recording or let a later command overtake an earlier hang-up.
 */
export class Agenda {
  readonly #clock: CallClock;
  #items: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #acting: number | undefined;
  #closed = false;

  constructor(clock: CallClock) {
    this.#clock = clock;
  }

  /** Call milliseconds: the due time of the item that is being done, otherwise the clock's. */
  get now(): number {
    return this.#acting ?? this.#clock.now();
  }

  /** Does `act` at call time `atMs`. Returns what takes it off the agenda. */
  at(atMs: number, act: () => void): () => void {
    const item = { atMs, act };
    this.#items.push(item);
    this.#items.sort((a, b) => a.atMs - b.atMs);
    this.#arm();
    return () => {
      this.#items = this.#items.filter((other) => other !== item);
    };
  }

  /** Does everything that is due. Call it before a command from outside, so that it sees the call as it is now. */
  catchUp(): void {
    if (this.#acting !== undefined) return;
    for (let next = this.#items[0]; next !== undefined && next.atMs <= this.#clock.now(); next = this.#items[0]) {
      this.#items.shift();
      this.#acting = next.atMs;
      try {
        next.act();
      } finally {
        this.#acting = undefined;
      }
    }
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    this.#items = [];
    clearTimeout(this.#timer);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#items[0];
    if (next === undefined || this.#closed) return;
    // setTimeout takes 31 bits; a four-hour limit fits, a longer wait is simply looked at again.
    this.#timer = setTimeout(() => this.catchUp(), Math.min(this.#clock.realUntil(next.atMs), 2_000_000_000));
  }
}
