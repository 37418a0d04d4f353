import { Buffer } from "node:buffer";
import { z } from "zod";

const Frame = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("media"),
    media: z.object({ track: z.enum(["inbound", "outbound"]), payload: z.string() }),
  }),
  z.object({ event: z.literal("connected") }),
  z.object({ event: z.literal("start") }),
  z.object({ event: z.literal("stop") }),
]);
export type Track = "inbound" | "outbound";

/** 100 ms: the transcriber refuses less than 50. */
const FRAMES_A_PACK = 5;

/** Reads the carrier's text frames and gives back the audio of five of a track at a time. Order is taken as it comes. */
export class Packer {
  readonly #waiting: Record<Track, Uint8Array[]> = { inbound: [], outbound: [] };

  take(text: string): { track: Track; audio: Uint8Array; pack: Uint8Array | null } | null {
    const frame = Frame.parse(JSON.parse(text));
    if (frame.event !== "media") return null;
    const { track } = frame.media;
    const audio = new Uint8Array(Buffer.from(frame.media.payload, "base64"));
    const waiting = this.#waiting[track];
    waiting.push(audio);
    const isFull = waiting.length === FRAMES_A_PACK;
    return { track, audio, pack: isFull ? join(waiting.splice(0)) : null };
  }

  /** What is left of a track when its stream ends. */
  rest(track: Track): Uint8Array {
    return join(this.#waiting[track].splice(0));
  }
}

/** The parts one after the other. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
