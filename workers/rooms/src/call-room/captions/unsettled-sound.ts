import { PACK_MS, type SoundPack } from "../media/packer.ts";

/** So much sound waits for a session, or to be sent again to the next one: 240 kB a channel. */
const MOST_PACKS = 300;

/** Sound of one channel that is in no settled caption yet, oldest first, and how much of it this session has had. */
export class UnsettledSound {
  #packs: SoundPack[] = [];
  #sent = 0;

  /** Takes a pack; gives the one that must be let go for it, if it was never sent. */
  add(pack: SoundPack): SoundPack | null {
    this.#packs.push(pack);
    if (this.#packs.length <= MOST_PACKS) return null;
    const [oldest] = this.#packs.splice(0, 1);
    if (this.#sent === 0) return oldest ?? null;
    this.#sent -= 1;
    return null;
  }

  /** How many packs wait to be sent. */
  get waiting(): number {
    return this.#packs.length - this.#sent;
  }

  /** The next pack to send; null where none waits. */
  next(): SoundPack | null {
    const pack = this.#packs[this.#sent] ?? null;
    if (pack !== null) this.#sent += 1;
    return pack;
  }

  /** Everything from `positionMs` on is sent again: its session is gone. */
  rewind(positionMs: number): void {
    this.settle(positionMs);
    this.#sent = 0;
  }

  /** Up to `positionMs` all is captioned. */
  settle(positionMs: number): void {
    const done = this.#packs.findIndex((pack) => pack.positionMs + PACK_MS > positionMs);
    const count = done < 0 ? this.#packs.length : done;
    // What was not sent cannot have been captioned.
    const settled = Math.min(count, this.#sent);
    this.#packs.splice(0, settled);
    this.#sent -= settled;
  }

  /** When the sound that ends at `positionMs` reached us; null where that is not known any more. */
  arrivalOf(positionMs: number): number | null {
    const pack = this.#packs.find((each) => positionMs <= each.positionMs + PACK_MS);
    return pack !== undefined && positionMs > pack.positionMs ? pack.arrivedAtMs : null;
  }

  /** Gives up what was not sent. */
  drain(): SoundPack[] {
    const left = this.#packs.slice(this.#sent);
    this.#packs = [];
    this.#sent = 0;
    return left;
  }
}
