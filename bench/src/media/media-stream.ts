import { randomUUID } from "node:crypto";
import { once } from "node:events";
import WebSocket from "ws";
import { FRAME_MS, stampedPayload, TRACKS, type TrackIndex } from "./stamped-frame.ts";

/** How long a carrier that lost its socket waits before it opens the next one. */
const REOPEN_AFTER_MS = 50;
const TRACK_INDEXES: readonly TrackIndex[] = [0, 1];

/** One call's media socket as the carrier holds it: both tracks, a JSON text frame for each 20 ms. */
export class MediaStream {
  #url: string;
  readonly #call: number;
  readonly #round: number;
  readonly #reopens: boolean;
  #streamId = randomUUID();
  #socket: WebSocket | null = null;
  #sequence = 0;
  #chunk = 0;
  /** Where the stream that is open began; each stream counts its chunks from one. */
  #firstChunk = 0;
  #isStopped = false;
  /** Frames of both tracks that were given to an open socket. */
  framesSent = 0;
  /** Frames whose time came while no socket was open. */
  framesMissed = 0;
  timesReopened = 0;

  constructor(options: { url: string; call: number; round?: number; reopens: boolean }) {
    this.#url = options.url;
    this.#call = options.call;
    this.#round = options.round ?? 0;
    this.#reopens = options.reopens;
  }

  /** What was said and has not left this process. */
  get unsentBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  async open(): Promise<void> {
    const socket = new WebSocket(this.#url, { perMessageDeflate: false });
    await once(socket, "open");
    this.#say(socket, { event: "connected", version: "1.0.0" });
    this.#say(socket, {
      event: "start",
      sequence_number: String(++this.#sequence),
      stream_id: this.#streamId,
      start: {
        call_control_id: `v3:${this.#call}`,
        call_session_id: String(this.#call),
        media_format: { encoding: "PCMU", sample_rate: 8000, channels: 1 },
      },
    });
    socket.on("error", () => undefined);
    socket.on("close", () => this.#closed(socket));
    this.#socket = socket;
  }

  /** Goes on at another address, as another stream; the stamps count on. */
  async moveTo(url: string): Promise<void> {
    this.#url = url;
    this.#socket?.terminate();
    this.#socket = null;
    this.#streamId = randomUUID();
    this.#sequence = 0;
    this.#firstChunk = this.#chunk;
    await this.open();
    this.timesReopened += 1;
  }

  /** Sends the next 20 ms of both tracks. */
  sendFrames(): void {
    const socket = this.#socket;
    const ofStream = this.#chunk - this.#firstChunk;
    for (const track of TRACK_INDEXES) {
      if (socket === null) {
        this.framesMissed += 1;
        continue;
      }
      const payload = stampedPayload({
        round: this.#round,
        call: this.#call,
        track,
        chunk: this.#chunk,
        sentNs: process.hrtime.bigint(),
      });
      // Written out: at 10 000 frames a second, making the JSON must not be what the generator is busy with.
      socket.send(
        `{"event":"media","sequence_number":"${++this.#sequence}","stream_id":"${this.#streamId}","media":{"track":"${TRACKS[track]}","chunk":"${ofStream + 1}","timestamp":"${ofStream * FRAME_MS}","payload":"${payload}"}}`,
      );
      this.framesSent += 1;
    }
    this.#chunk += 1;
  }

  /** Ends the stream as the carrier does, and waits until the other side has closed too. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const socket = this.#socket;
    if (socket === null) return;
    // A socket that breaks is closed, too.
    const closed = new Promise((resolve) => socket.once("close", resolve));
    this.#say(socket, {
      event: "stop",
      sequence_number: String(++this.#sequence),
      stream_id: this.#streamId,
      stop: {},
    });
    socket.close(1000);
    await closed;
  }

  #say(socket: WebSocket, frame: object): void {
    socket.send(JSON.stringify(frame));
  }

  #closed(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = null;
    if (this.#isStopped || !this.#reopens) return;
    setTimeout(() => {
      this.timesReopened += 1;
      this.open().catch(() => this.#closed(socket));
    }, REOPEN_AFTER_MS);
  }
}
