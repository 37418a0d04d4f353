import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { Faults } from "../../faults/faults.ts";
import type { Leg } from "../leg/leg.ts";
import { toMs, toSample } from "../leg/track.ts";
import { encodeSound, type L16Order } from "./codec.ts";
import { connectedFrame, errorOf, type FrameError, type MediaFrame, mediaOf, startOf, stopOf } from "./frames.ts";
import { Line } from "./line.ts";
import { Playout } from "./playout.ts";
import { ReceivedFrames } from "./received-frames.ts";
import { type StreamRequest, tracksOf } from "./request.ts";

/** Where a stream is in its life; times are call milliseconds. */
export type StreamState =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly startMs: number }
  | { readonly kind: "failed"; readonly atMs: number }
  | { readonly kind: "closed"; readonly startMs: number | null; readonly endMs: number; readonly reason: CloseReason };

/** `dropped`: by a fault. `peer`: the application closed it, or its process is gone. */
export type CloseReason = "stopped" | "replaced" | "hangup" | "dropped" | "peer";

/** How frames are cut and written. */
export interface MediaSettings {
  readonly frameMs: number;
  readonly l16Order: L16Order;
}

const OPENING_TIMEOUT_MS = 5000;
/** A frame to us holds 30 s of sound at most: 320 kB in base64. */
const MAX_FRAME_BYTES = 512 * 1024;
/** What an application that does not read may pile up; further frames are lost to it. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

/** One media socket of a leg. What it carries for a moment of the call is exactly what a recording has there. */
export class MediaStream {
  readonly id = randomUUID();
  readonly leg: Leg;
  readonly request: StreamRequest;
  readonly settings: MediaSettings;
  readonly line = new Line();
  readonly #faults: Faults;
  readonly #struck = new Set<object>();
  readonly #received: ReceivedFrames;
  readonly #playout: Playout;
  #socket: WebSocket | undefined;
  #sequence = 0;
  /** Frames of each track that were made. */
  #made = 0;
  state: StreamState = { kind: "opening" };

  constructor(leg: Leg, request: StreamRequest, settings: MediaSettings, faults: Faults) {
    this.leg = leg;
    this.request = request;
    this.settings = settings;
    this.#faults = faults;
    this.#playout = new Playout(leg, request.back.targets, (name) => this.#send("mark", { mark: { name } }));
    this.#received = new ReceivedFrames(leg, request.back, this.#playout, (title, detail) =>
      this.#refuse(title, detail),
    );
  }

  get isRunning(): boolean {
    return this.state.kind === "opening" || this.state.kind === "open";
  }

  /** Opens the socket. The stream begins, or fails, when it is known which. */
  connect(): void {
    const { url, authToken } = this.request;
    const socket = new WebSocket(url, {
      headers: authToken === undefined ? {} : { "x-telnyx-streaming-auth-token": authToken },
      handshakeTimeout: OPENING_TIMEOUT_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    // Whatever happens on the socket happens to the call as it is at that moment.
    const whenCaughtUp = (act: () => void) => () => {
      this.leg.agenda.catchUp();
      act();
    };
    socket.on(
      "open",
      whenCaughtUp(() => this.leg.agenda.at(Math.ceil(this.leg.now), () => this.#begin())),
    );
    socket.on(
      "error",
      whenCaughtUp(() => this.fail()),
    );
    socket.on(
      "close",
      whenCaughtUp(() => this.close("peer")),
    );
    socket.on("message", (data, isBinary) => {
      this.leg.agenda.catchUp();
      if (this.state.kind === "open") this.#received.take(data.toString(), isBinary);
    });
  }

  /** The socket could not be opened. Without effect on a stream that was open. */
  fail(): void {
    if (this.state.kind !== "opening") return;
    const { leg, request } = this;
    this.state = { kind: "failed", atMs: leg.now };
    leg.notify("streaming.failed", {
      ...leg.identifiers(),
      failure_reason: "connection_failed",
      stream_id: this.id,
      stream_params: { stream_url: request.url, track: request.track },
      stream_type: "websocket",
    });
    leg.conversation?.consider();
  }

  /** Ends the stream now; a stream that has ended stays as it is. */
  close(reason: CloseReason): void {
    const { leg, state } = this;
    if (state.kind === "failed" || state.kind === "closed") return;
    if (state.kind === "opening") {
      this.state = { kind: "closed", startMs: null, endMs: leg.now, reason };
      this.#socket?.terminate();
      leg.conversation?.consider();
      return;
    }
    this.#sendDue();
    for (const frame of this.line.flush()) this.#sendMedia(frame);
    this.state = { kind: "closed", startMs: state.startMs, endMs: leg.now, reason };
    this.#playout.clear();
    if (reason === "dropped") this.#socket?.terminate();
    else {
      this.#send("stop", stopOf(leg));
      this.#socket?.close(1000);
    }
    leg.notify("streaming.stopped", { ...leg.identifiers(), stream_url: this.request.url });
    leg.conversation?.consider();
  }

  /** The stand-in itself ends: nothing is said any more. */
  abandon(): void {
    this.#socket?.terminate();
  }

  /** Tells the application which key was pressed. */
  sendDigit(digit: string): void {
    if (this.state.kind !== "open") return;
    this.#send("dtmf", { occurred_at: this.leg.clock.iso(this.leg.now), dtmf: { digit } });
  }

  #begin(): void {
    if (this.state.kind !== "opening") return;
    const { leg, request } = this;
    this.state = { kind: "open", startMs: leg.now };
    this.#write(connectedFrame(request.authToken));
    this.#send("start", startOf(this));
    leg.notify("streaming.started", { ...leg.identifiers(), stream_url: request.url });
    leg.conversation?.consider();
    this.#sufferFaults(0);
    this.#sendLater();
  }

  /** A frame is sent when its last sample has been spoken: no later sound can change it. */
  #sendLater(): void {
    if (this.state.kind === "open") this.leg.agenda.at(toMs(this.#sampleOf(this.#made + 1)), () => this.#tick());
  }

  #tick(): void {
    if (this.state.kind !== "open") return;
    this.#sendDue();
    // From here on: a fault at 1000 ms strikes the sound that begins there.
    this.#sufferFaults(this.leg.now - this.state.startMs);
    this.#sendLater();
  }

  #sendDue(): void {
    const until = toSample(this.leg.now);
    while (this.state.kind === "open" && this.#sampleOf(this.#made + 1) <= until) {
      const span = { from: this.#sampleOf(this.#made), to: this.#sampleOf(this.#made + 1) };
      const atMs = this.#made * this.settings.frameMs;
      this.#made += 1;
      for (const track of tracksOf(this.request)) {
        const pcm = this.leg.track.render(track === "inbound" ? "remote" : "local", span);
        const payload = encodeSound(this.request.codec, pcm, this.settings.l16Order);
        for (const frame of this.line.pass({ track, chunk: this.#made, atMs, payload })) this.#sendMedia(frame);
      }
    }
  }

  /** The call's sample at which the frame after `frames` others begins. */
  #sampleOf(frames: number): number {
    const startMs = this.state.kind === "open" ? this.state.startMs : 0;
    return toSample(startMs + frames * this.settings.frameMs);
  }

  #sufferFaults(elapsedMs: number): void {
    const { leg } = this;
    const occasion = {
      target: "media",
      effects: ["drop", "lose", "reorder", "duplicate", "stall"],
      call: [leg.sessionId, leg.legId, leg.controlId],
      elapsedMs,
      except: this.#struck,
    } as const;
    for (let fault = this.#faults.take(occasion); fault !== undefined; fault = this.#faults.take(occasion)) {
      this.#struck.add(fault);
      leg.note("audio", "media fault", { effect: fault.effect, streamId: this.id });
      if (fault.effect === "drop") this.close("dropped");
      else this.line.strike(fault, elapsedMs);
    }
  }

  #sendMedia(frame: MediaFrame): void {
    const tally = this.line.tallies[frame.track];
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > MAX_UNSENT_BYTES) {
      tally.dropped.push(frame.chunk);
      return;
    }
    tally.sent += 1;
    this.#send("media", mediaOf(frame));
  }

  #refuse(title: FrameError, detail: string): void {
    this.#write({ event: "error", stream_id: this.id, ...errorOf(title, detail) });
  }

  /** Numbered in the order of sending: only a media frame's chunk says where it belongs. */
  #send(event: "start" | "media" | "dtmf" | "mark" | "stop", fields: object): void {
    this.#sequence += 1;
    this.#write({ event, sequence_number: String(this.#sequence), stream_id: this.id, ...fields });
  }

  #write(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
