import type { Fault } from "../../faults/faults.ts";
import type { MediaFrame } from "./frames.ts";
import type { TrackName } from "./request.ts";

/** What became of one track's frames, by their chunk numbers. Chunks that are in neither list were sent once, in order or not. */
export interface Tally {
  /** Chunks that were made: 1 to this number. */
  made: number;
  /** Frames that were handed to the socket, duplicates included. */
  sent: number;
  readonly dropped: number[];
  readonly duplicated: number[];
}

interface Damage {
  toLose: number;
  toDouble: number;
  toShuffle: number;
  window: number;
  held: MediaFrame[];
}

/** The network between the call and the media socket: frames pass it in order and whole, until a fault strikes. */
export class Line {
  readonly tallies: Readonly<Record<TrackName, Tally>> = { inbound: newTally(), outbound: newTally() };
  readonly #damage: Readonly<Record<TrackName, Damage>> = { inbound: newDamage(), outbound: newDamage() };
  #stalledUntilMs = 0;

  /** Lets a fault begin at `atMs` of the stream: on the tracks that it names, for as many frames as it says. */
  strike(fault: Fault, atMs: number): void {
    if (fault.effect === "stall") this.#stalledUntilMs = atMs + fault.delayMs;
    for (const track of ["inbound", "outbound"] as const) {
      if (fault.match.track !== undefined && fault.match.track !== track) continue;
      const damage = this.#damage[track];
      if (fault.effect === "lose") damage.toLose += fault.frames;
      if (fault.effect === "duplicate") damage.toDouble += fault.frames;
      if (fault.effect === "reorder") Object.assign(damage, { toShuffle: fault.frames, window: fault.window });
    }
  }

  /** Takes the next frame of its track and returns what comes out at the other end now. */
  pass(frame: MediaFrame): MediaFrame[] {
    const tally = this.tallies[frame.track];
    const damage = this.#damage[frame.track];
    tally.made = frame.chunk;
    if (frame.atMs < this.#stalledUntilMs || damage.toLose > 0) {
      if (damage.toLose > 0) damage.toLose -= 1;
      tally.dropped.push(frame.chunk);
      return this.#settle(damage);
    }
    if (damage.toDouble > 0) {
      damage.toDouble -= 1;
      tally.duplicated.push(frame.chunk);
      return [frame, frame];
    }
    if (damage.toShuffle === 0) return [frame];
    damage.toShuffle -= 1;
    damage.held.push(frame);
    return damage.held.length === damage.window ? this.#settle(damage) : [];
  }

  /** What was held back to be shuffled, at the end of the stream. */
  flush(): MediaFrame[] {
    return Object.values(this.#damage).flatMap((damage) => this.#settle(damage));
  }

  #settle(damage: Damage): MediaFrame[] {
    const frames = damage.held;
    damage.held = [];
    return shuffled(frames);
  }
}

/** Another order than the given one, and for the same frames always the same: a failing test can be run again. */
function shuffled(frames: readonly MediaFrame[]): MediaFrame[] {
  const seed = frames[0]?.chunk ?? 0;
  const last = frames.at(-1);
  if (last === undefined || frames.length === 1) return [...frames];
  const others = frames.slice(0, -1);
  // The last one never stays last; where it and the others go depends on where in the stream they are.
  const turned = others.map((_, index) => others[(index + seed) % others.length] ?? last);
  return turned.toSpliced(seed % others.length, 0, last);
}

function newTally(): Tally {
  return { made: 0, sent: 0, dropped: [], duplicated: [] };
}

function newDamage(): Damage {
  return { toLose: 0, toDouble: 0, toShuffle: 0, window: 4, held: [] };
}
