import { z } from "zod";
import type { Leg } from "../leg/leg.ts";
import { decodeSound } from "./codec.ts";
import type { FrameError } from "./frames.ts";
import type { Playout } from "./playout.ts";
import type { StreamRequest } from "./request.ts";

const Received = z.discriminatedUnion("event", [
  z.object({ event: z.literal("media"), media: z.object({ payload: z.string() }) }),
  z.object({ event: z.literal("mark"), mark: z.object({ name: z.string() }) }),
  z.object({ event: z.literal("clear") }),
]);

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** A frame holds 20 ms to 30 s of sound: bytes of G.711. */
const SHORTEST_BYTES = 160;
const LONGEST_BYTES = 240_000;
/** Five times what sound in the shortest frames needs. The vendor does not publish where its limit is. */
const FRAMES_PER_SECOND = 250;

/** Takes the frames that the application sends, and refuses those that the vendor would refuse. */
export class ReceivedFrames {
  readonly #leg: Leg;
  readonly #back: StreamRequest["back"];
  readonly #playout: Playout;
  readonly #refuse: (title: FrameError, detail: string) => void;
  #second = 0;
  #framesInSecond = 0;

  constructor(
    leg: Leg,
    back: StreamRequest["back"],
    playout: Playout,
    refuse: (title: FrameError, detail: string) => void,
  ) {
    this.#leg = leg;
    this.#back = back;
    this.#playout = playout;
    this.#refuse = refuse;
  }

  take(text: string, isBinary: boolean): void {
    const frame = isBinary ? undefined : Received.safeParse(readJson(text)).data;
    if (frame === undefined) {
      this.#refuse("malformed_frame", "The frame is not a JSON text frame with a known event.");
      return;
    }
    if (frame.event === "mark") this.#playout.mark(frame.mark.name);
    else if (frame.event === "clear") this.#playout.clear();
    else this.#media(frame.media.payload);
  }

  #media(payload: string): void {
    if (this.#isTooMany()) {
      this.#refuse("rate_limit_reached", `More than ${FRAMES_PER_SECOND} media frames came in one second.`);
    } else if (this.#back.mode === "mp3") {
      // The vendor would play a file here. A stand-in that kept silent would look like one-way audio.
      this.#refuse("unknown_error", "This stand-in does not emulate MP3: ask for stream_bidirectional_mode rtp.");
    } else if (!BASE64.test(payload)) {
      this.#refuse("invalid_media", "The payload is not base64.");
    } else {
      const bytes = Buffer.from(payload, "base64");
      if (bytes.length < SHORTEST_BYTES || bytes.length > LONGEST_BYTES) {
        this.#refuse("invalid_media", "A media frame holds 20 ms to 30 s of sound.");
      } else this.#playout.play(decodeSound(this.#back.codec, bytes));
    }
  }

  /** Counted per second of the call, so that a call that passes faster may also be spoken to faster. */
  #isTooMany(): boolean {
    const second = Math.floor(this.#leg.now / 1000);
    this.#framesInSecond = second === this.#second ? this.#framesInSecond + 1 : 1;
    this.#second = second;
    return this.#framesInSecond > FRAMES_PER_SECOND;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
