import type { Caption, LiveChannel } from "@earwitness/shared";

/** With each watcher an interim caption is one more message: the more there are, the further apart interims go. */
const SPACING_PER_WATCHER_MS = 2;
/** Slower than this, and words do not look spoken any more. */
const LONGEST_SPACING_MS = 500;

interface Lane {
  sentAtMs: number;
  waiting: Caption | null;
  timer: ReturnType<typeof setTimeout> | null;
}

/**
 * Sends final captions at once, and of interim ones, under load, the newest of each channel: an older one says nothing that
 * the newer does not say better.
 */
export class InterimPacer {
  readonly #send: (caption: Caption) => void;
  readonly #lanes: Record<LiveChannel, Lane> = { caller: newLane(), agent: newLane() };

  constructor(send: (caption: Caption) => void) {
    this.#send = send;
  }

  take(caption: Caption, watchers: number): void {
    const lane = this.#lanes[caption.channel];
    const nowMs = Date.now();
    const spacingMs = Math.min(LONGEST_SPACING_MS, watchers * SPACING_PER_WATCHER_MS);
    const restMs = lane.sentAtMs + spacingMs - nowMs;
    // The last words of one caption must not be lost to the first of the next.
    if (lane.waiting !== null && lane.waiting.id !== caption.id) this.#flush(lane);
    if (caption.isFinal || restMs <= 0) {
      lane.waiting = caption;
      this.#flush(lane);
      return;
    }
    lane.waiting = caption;
    lane.timer ??= setTimeout(() => this.#flush(lane), restMs);
  }

  #flush(lane: Lane): void {
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.timer = null;
    const caption = lane.waiting;
    lane.waiting = null;
    if (caption === null) return;
    lane.sentAtMs = Date.now();
    this.#send(caption);
  }
}

function newLane(): Lane {
  return { sentAtMs: 0, waiting: null, timer: null };
}
