import type { Leg } from "../leg/leg.ts";
import { type Placement, toMs, toSample } from "../leg/track.ts";
import type { TargetLegs } from "./request.ts";

interface Playing {
  readonly leg: Leg;
  readonly placement: Placement;
}

/** What the application sends on a media socket: played to the target legs piece after piece, with marks between. */
export class Playout {
  readonly #leg: Leg;
  readonly #targets: TargetLegs;
  readonly #onMark: (name: string) => void;
  #playing: Playing[] = [];
  #marks: { readonly name: string; readonly cancel: () => void }[] = [];
  /** The leg's sample at which the queue will be empty. */
  #endsAt = 0;

  constructor(leg: Leg, targets: TargetLegs, onMark: (name: string) => void) {
    this.#leg = leg;
    this.#targets = targets;
    this.#onMark = onMark;
  }

  play(pcm: Int16Array): void {
    const start = Math.max(toSample(this.#leg.now), this.#endsAt);
    this.#endsAt = start + pcm.length;
    this.#playing = this.#playing.filter(({ leg, placement }) => placement.end > toSample(leg.now));
    for (const { leg, shift } of this.#targetLegs()) {
      this.#playing.push({ leg, placement: leg.track.place("local", start + shift, pcm) });
    }
  }

  /** Comes back when what was queued before it has played; at once when nothing is. */
  mark(name: string): void {
    if (this.#endsAt <= toSample(this.#leg.now)) {
      this.#onMark(name);
      return;
    }
    const cancel = this.#leg.agenda.at(toMs(this.#endsAt), () => {
      this.#marks = this.#marks.filter((other) => other !== mark);
      this.#onMark(name);
    });
    const mark = { name, cancel };
    this.#marks.push(mark);
  }

  /** Stops what plays, empties the queue and returns all pending marks. */
  clear(): void {
    for (const { leg, placement } of this.#playing) {
      const now = toSample(leg.now);
      placement.end = Math.max(placement.start, Math.min(placement.end, now));
    }
    this.#playing = [];
    this.#endsAt = 0;
    const pending = this.#marks;
    this.#marks = [];
    for (const { name, cancel } of pending) {
      cancel();
      this.#onMark(name);
    }
  }

  /** With what is to be added to a sample of this leg's call to have the same moment's sample of the other's. */
  #targetLegs(): { leg: Leg; shift: number }[] {
    const self = { leg: this.#leg, shift: 0 };
    const bridge = this.#leg.bridge;
    const opposite = bridge === undefined ? [] : [{ leg: bridge.other, shift: bridge.ear.relay.shift }];
    if (this.#targets === "self") return [self];
    return this.#targets === "opposite" ? opposite : [self, ...opposite];
  }
}
