interface Item {
  readonly dueAt: number;
  deliver(): void;
}

/** Sends in order, each a stated time after its occasion: recognising speech takes a while. */
export class Outbox {
  /** Real milliseconds between what was heard and its telling. */
  delayMs: number;
  #heldUntil = 0;
  #items: Item[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(delayMs: number) {
    this.delayMs = delayMs;
  }

  push(deliver: () => void, delayMs = this.delayMs): void {
    this.#items.push({ dueAt: performance.now() + delayMs, deliver });
    if (this.#items.length === 1) this.#drain();
  }

  /** Nothing goes out for so long. */
  hold(ms: number): void {
    this.#heldUntil = performance.now() + ms;
    this.#drain();
  }

  /** Forgets what has not gone out. */
  close(): void {
    this.#items = [];
    clearTimeout(this.#timer);
  }

  #drain(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const [item] = this.#items;
      if (item === undefined) return;
      const wait = Math.max(item.dueAt, this.#heldUntil) - performance.now();
      if (wait > 0) {
        // A timer holds no longer than 2^31 ms; a hold for ever is looked at again each hour.
        this.#timer = setTimeout(() => this.#drain(), Math.min(Math.ceil(wait), 3_600_000));
        return;
      }
      this.#items.shift();
      item.deliver();
    }
  }
}
