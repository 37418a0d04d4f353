import { FRAME_MS } from "./stamped-frame.ts";

interface Paced {
  sendFrames(): void;
}

interface Member {
  stream: Paced;
  nextMs: number;
  framesLeft: number;
  onDone: () => void;
}

/** How often it looks for what is due: a twentieth of a frame. */
const TICK_MS = 1;

/** Has streams send their frames at the pace of life, each in the phase in which it began. A late timer catches up, so that nothing is left out. */
export class Pacer {
  #members: Member[] = [];
  #timer: NodeJS.Timeout | null = null;
  /** How late each turn was: what the generator itself could not keep. */
  readonly lateMs: number[] = [];

  /**
   * Has `stream` send `frames` times (or, with infinitely many, until all are stopped), 20 ms apart, from `startMs` (of
   * `performance.now()`) on. Resolves after the last.
   */
  add(stream: Paced, frames: number, startMs = performance.now()): Promise<void> {
    return new Promise((resolve) => {
      this.#members.push({ stream, nextMs: startMs, framesLeft: frames, onDone: resolve });
      this.#timer ??= setInterval(() => this.#sendDue(), TICK_MS);
    });
  }

  /** No stream sends any more. */
  stop(): void {
    const members = this.#members;
    this.#members = [];
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    for (const { onDone } of members) onDone();
  }

  #sendDue(): void {
    for (const member of this.#members) {
      for (let late = performance.now() - member.nextMs; late >= 0 && member.framesLeft > 0; late -= FRAME_MS) {
        this.lateMs.push(late);
        member.stream.sendFrames();
        member.nextMs += FRAME_MS;
        member.framesLeft -= 1;
      }
    }
    const done = this.#members.filter(({ framesLeft }) => framesLeft === 0);
    if (done.length === 0) return;
    this.#members = this.#members.filter(({ framesLeft }) => framesLeft > 0);
    for (const { onDone } of done) onDone();
    if (this.#members.length > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
