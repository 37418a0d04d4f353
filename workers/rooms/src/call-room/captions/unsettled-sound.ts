import { PACK_MS, type SoundPack } from "../media/packer.ts";

/** So much sound waits for a session, or to be sent again to the next one: 240 kB a channel. */
const MOST_PACKS = 300;
/** Quieter than a hundredth of full scale (−40 dB) nobody is understood on a telephone. */
export const SILENT_PEAK = 0.01;

/** Sound of one channel that is in no settled caption yet, oldest first, and how much of it the session has had. */
export class UnsettledSound {
  #packs: SoundPack[] = [];
  #sent = 0;

  /** Takes a pack; gives the one that must be let go for it, if no session has it. */
  add(pack: SoundPack): SoundPack | null {
    this.#packs.push(pack);
    if (this.#packs.length <= MOST_PACKS) return null;
    const oldest = this.#packs.shift() ?? null;
    if (this.#sent === 0) return oldest;
    this.#sent -= 1;
    return null;
  }

  /** Where the oldest begins; null where there is none. */
  get startMs(): number | null {
    return this.#packs[0]?.positionMs ?? null;
  }

  /** Packs that wait to be sent. */
  get waiting(): number {
    return this.#packs.length - this.#sent;
  }

  /** Whether anything that waits is loud enough to be speech. */
  get hasSpeech(): boolean {
    return this.#packs.some(({ peak }, index) => index >= this.#sent && peak >= SILENT_PEAK);
  }

  /** The next pack to send; null where none waits. */
  next(): SoundPack | null {
    const pack = this.#packs[this.#sent] ?? null;
    if (pack !== null) this.#sent += 1;
    return pack;
  }

  /** All of it is to be sent again: the session that had it is gone. */
  rewind(): void {
    this.#sent = 0;
  }

  /** Up to `positionMs` all is captioned. */
  settle(positionMs: number): void {
    const first = this.#packs.findIndex((pack) => pack.positionMs + PACK_MS > positionMs);
    const count = first < 0 ? this.#packs.length : first;
    this.#packs.splice(0, count);
    this.#sent = Math.max(0, this.#sent - count);
  }

  /** Gives up what was sent: nobody will be sent it again. */
  releaseSent(): SoundPack[] {
    const sent = this.#packs.splice(0, this.#sent);
    this.#sent = 0;
    return sent;
  }

  /** Gives up everything. */
  releaseAll(): SoundPack[] {
    const all = this.#packs;
    this.#packs = [];
    this.#sent = 0;
    return all;
  }
}
