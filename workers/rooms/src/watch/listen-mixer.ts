import { MULAW_SILENCE } from "@earwitness/core";
import { LISTEN_HEADER_BYTES, type LiveChannel } from "@earwitness/shared";
import type { SoundPack } from "../call-room/media/packer.ts";

/** How long the sound of one party waits for the other's, in packs; the frames of the two come together as a rule. */
const MOST_WAITING = 3;

type Pair = Partial<Record<LiveChannel, Uint8Array>>;

/** Puts the packs of both parties together into the frames that listeners get. */
export class ListenMixer {
  readonly #waiting = new Map<number, Pair>();
  /** Up to where it has been sent, in ms since the answer. */
  #sentMs = Number.NEGATIVE_INFINITY;

  /** Takes a pack; gives the frames that are ready by it, in order. What comes too late for its frame is left out. */
  take({ channel, positionMs, audio }: Pick<SoundPack, "channel" | "positionMs" | "audio">): ArrayBuffer[] {
    if (positionMs <= this.#sentMs) return [];
    const pair = { ...this.#waiting.get(positionMs), [channel]: audio };
    this.#waiting.set(positionMs, pair);
    const frames: ArrayBuffer[] = [];
    for (const [firstMs, first] of [...this.#waiting].sort(([a], [b]) => a - b)) {
      const isWhole = first.caller !== undefined && first.agent !== undefined;
      if (!isWhole && this.#waiting.size <= MOST_WAITING) break;
      this.#waiting.delete(firstMs);
      this.#sentMs = firstMs;
      frames.push(frameOf(firstMs, first));
    }
    return frames;
  }
}

/** A frame as `LISTEN_HEADER_BYTES` describes it; a party of whom there is nothing is silent. */
function frameOf(positionMs: number, { caller, agent }: Pair): ArrayBuffer {
  const length = Math.max(caller?.length ?? 0, agent?.length ?? 0);
  const frame = new Uint8Array(LISTEN_HEADER_BYTES + 2 * length).fill(MULAW_SILENCE);
  new DataView(frame.buffer).setUint32(0, positionMs);
  if (caller !== undefined) frame.set(caller, LISTEN_HEADER_BYTES);
  if (agent !== undefined) frame.set(agent, LISTEN_HEADER_BYTES + length);
  return frame.buffer;
}
