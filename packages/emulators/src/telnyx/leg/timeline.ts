import type { CallClock } from "./clock.ts";

/** Something that will happen on a call. */
interface Item {
  readonly clock: CallClock;
  readonly atMs: number;
  /** The wall clock's moment, in milliseconds since the timeline began. */
  readonly due: number;
  readonly act: () => void;
}

/** While due items are done, others become due. A machine that is asked for more than it can do would never get to the command. */
const PASSES = 3;

/**
 * What will happen on all calls, in one order. An item that the machine reaches late is still done at its own time and in its order,
 * so that a busy computer does not lengthen a recording, let a later command overtake an earlier hang-up, or change what one leg
 * hears of another.
 */
export class Timeline {
  // Moments count from here: near zero a double is exact far below one sample, at the size of an epoch it is not.
  readonly #epoch = Date.now();
  /** The next one last: most items are due soon, so that few have to move. */
  #items: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #acting: Item | undefined;
  #closed = false;

  /** A call's time now: the due time of the item that is being done, otherwise its clock's. */
  now(clock: CallClock): number {
    const acting = this.#acting;
    if (acting === undefined) return clock.now();
    return acting.clock === clock ? acting.atMs : (acting.due - this.#offset(clock)) * clock.pace;
  }

  /** Does `act` at `atMs` of a call. Items of one moment are done in the order in which they were added. Returns what takes it off. */
  at(clock: CallClock, atMs: number, act: () => void): () => void {
    const item: Item = { clock, atMs, due: this.#offset(clock) + atMs / clock.pace, act };
    const place = this.#placeOf(item.due);
    this.#items.splice(place, 0, item);
    if (place === this.#items.length - 1 && this.#acting === undefined) this.#arm();
    return () => {
      const index = this.#items.indexOf(item);
      if (index >= 0) this.#items.splice(index, 1);
    };
  }

  /** Does everything that is due. Call it before anything from outside, so that it sees the calls as they are now. */
  catchUp(): void {
    for (let pass = 0; pass < PASSES && this.#doDue(this.#elapsed()); pass += 1);
  }

  close(): void {
    this.#closed = true;
    this.#items = [];
    clearTimeout(this.#timer);
  }

  /** Whether anything was done. */
  #doDue(until: number): boolean {
    if (this.#acting !== undefined) return false;
    let isDone = false;
    for (let next = this.#items.at(-1); next !== undefined && next.due <= until; next = this.#items.at(-1)) {
      this.#items.pop();
      this.#acting = next;
      isDone = true;
      try {
        next.act();
      } finally {
        this.#acting = undefined;
      }
    }
    this.#arm();
    return isDone;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#items.at(-1);
    if (next === undefined || this.#closed) return;
    const waitMs = Math.ceil(Math.max(0, next.due - this.#elapsed()));
    // What becomes due meanwhile waits for the next turn, so that sockets are heard however busy the calls are.
    // setTimeout takes 31 bits; a four-hour limit fits, a longer wait is simply looked at again.
    this.#timer = setTimeout(() => this.#doDue(this.#elapsed()), Math.min(waitMs, 2_000_000_000));
  }

  #elapsed(): number {
    return Date.now() - this.#epoch;
  }

  #offset(clock: CallClock): number {
    return clock.startedAt - this.#epoch;
  }

  /** Before (in the array) everything that is due sooner or at the same moment. */
  #placeOf(due: number): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#items[middle]?.due ?? 0) > due) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
