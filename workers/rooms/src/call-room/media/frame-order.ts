/** A frame in its place, or how many are missing before the next one. */
export type Ordered<T> =
  | { readonly kind: "frame"; readonly frame: T }
  | { readonly kind: "missing"; readonly count: number };

/**
 * A jump of more numbers than this is no loss, since no line is silent for a minute without being dropped: the sender
 * counts anew.
 */
const MOST_MISSING = 3000;
/**
 * So many frames in a row that are all older than what is awaited are not late, two seconds of a track as they are: the sender
 * counts anew from below. Without it all that they say from there on would be dropped.
 */
const MOST_LATE = 100;

/**
 * Brings numbered frames, which may come in another order, into the order of their numbers. A frame is waited for until
 * `window` later ones have come; then it counts as missing, and is dropped if it comes after all, like one that came before.
 * Numbers begin at 1 (or 0) unless the first ones heard are far from it. Where
 * they begin anew, what it took to be sure of that counts as missing.
 */
export class FrameOrder<T> {
  readonly #window: number;
  readonly #held = new Map<number, T>();
  #next: number | null;
  #dropped = 0;
  /** Frames in a row that were older than what is awaited. */
  #lateInARow = 0;

  /** `first`: the number to begin with, where it is known. */
  constructor(window: number, first: number | null = null) {
    this.#window = window;
    this.#next = first;
  }

  /** Frames that came twice, or too late. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The number that is waited for; null before the first frame. */
  get next(): number | null {
    return this.#next;
  }

  /** Takes a frame; gives what is in order now. */
  push(number: number, frame: T): Ordered<T>[] {
    this.#next ??= number <= this.#window ? Math.min(number, 1) : null;
    const isLate = this.#next !== null && number < this.#next;
    this.#lateInARow = isLate ? this.#lateInARow + 1 : 0;
    if (this.#lateInARow > MOST_LATE) return this.#beginAnew(number, frame);
    if (isLate || this.#held.has(number)) {
      this.#dropped += 1;
      return [];
    }
    this.#held.set(number, frame);
    const ordered = this.#next === null ? [] : this.#run();
    while (this.#held.size > this.#window) ordered.push(...this.#skip());
    return ordered;
  }

  /** Gives what is held: nothing more is to come. */
  flush(): Ordered<T>[] {
    const ordered: Ordered<T>[] = [];
    while (this.#held.size > 0) ordered.push(...this.#skip());
    return ordered;
  }

  /** Hands out what is held, for another order to take up. */
  release(): [number, T][] {
    const held = [...this.#held];
    this.#held.clear();
    return held;
  }

  /** Gives what is held of the old count, what was dropped of the new one as missing, and goes on with that. */
  #beginAnew(number: number, frame: T): Ordered<T>[] {
    const ordered: Ordered<T>[] = [...this.flush(), { kind: "missing", count: this.#lateInARow - 1 }];
    this.#lateInARow = 0;
    this.#next = number + 1;
    ordered.push({ kind: "frame", frame });
    return ordered;
  }

  /** Gives up what is waited for, up to the least number that is held. */
  #skip(): Ordered<T>[] {
    const least = Math.min(...this.#held.keys());
    const count = least - (this.#next ?? least);
    this.#next = least;
    return [...(count > 0 && count <= MOST_MISSING ? [{ kind: "missing" as const, count }] : []), ...this.#run()];
  }

  #run(): Ordered<T>[] {
    const ordered: Ordered<T>[] = [];
    if (this.#next === null) return ordered;
    for (let frame = this.#held.get(this.#next); frame !== undefined; frame = this.#held.get(this.#next)) {
      this.#held.delete(this.#next);
      this.#next += 1;
      ordered.push({ kind: "frame", frame });
    }
    return ordered;
  }
}
