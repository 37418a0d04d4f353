import type { MediaStream } from "./media-stream.ts";
import type { Placed } from "./stream-timeline.ts";

/** A carrier that says nothing for so long has lost the stream, whatever its socket says. */
const SILENT_MS = 10_000;
/** How often that is looked at. While a socket is open the room is awake: a timer costs nothing, an alarm is a row. */
const LOOK_EVERY_MS = 2_500;

/** Why a stream's socket is no more. */
export interface MediaLoss {
  readonly reason: "media_lost" | "media_stalled";
  readonly detail: string;
}

interface MediaSocketOptions {
  readonly key: string;
  readonly socket: WebSocket;
  readonly stream: MediaStream;
  readonly onSound: (placed: readonly Placed[]) => void;
  /** Once, after the last sound. */
  readonly onLost: (loss: MediaLoss) => void;
}

/** The carrier's socket for one stream, from its acceptance to its end. */
export class MediaSocket {
  readonly key: string;
  readonly stream: MediaStream;
  readonly #options: MediaSocketOptions;
  readonly #looking: ReturnType<typeof setInterval>;
  #isOver = false;

  /** Accepts the socket: its messages are events of the room, which stays awake as long as they come. */
  constructor(options: MediaSocketOptions) {
    this.key = options.key;
    this.stream = options.stream;
    this.#options = options;
    const { socket, stream, onSound } = options;
    socket.accept();
    socket.addEventListener("message", ({ data }) => {
      if (!this.#isOver) onSound(stream.hear(data, Date.now()));
    });
    socket.addEventListener("close", ({ code }) => this.#end("media_lost", closedBy(code, stream.isStopped)));
    socket.addEventListener("error", () => this.#end("media_lost", "The carrier's socket broke."));
    this.#looking = setInterval(() => this.#giveUpWhenSilent(Date.now()), LOOK_EVERY_MS);
  }

  #giveUpWhenSilent(nowMs: number): void {
    if (nowMs - this.stream.heardAtMs < SILENT_MS) return;
    this.close("media_stalled", `The carrier sent nothing for ${SILENT_MS / 1000} s.`);
  }

  /** Ends it from our side. */
  close(reason: MediaLoss["reason"], detail: string): void {
    if (this.#isOver) return;
    this.#end(reason, detail);
    this.#options.socket.close(1000, detail.slice(0, 100));
  }

  #end(reason: MediaLoss["reason"], detail: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#looking);
    this.#options.onSound(this.stream.flush(Date.now()));
    this.#options.onLost({ reason, detail });
  }
}

function closedBy(code: number, isStopped: boolean): string {
  return isStopped ? "The carrier ended the stream." : `The carrier's socket closed with code ${code}.`;
}
