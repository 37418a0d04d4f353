import type { Admission, Watcher } from "@earwitness/core";
import {
  type CallFrame,
  type CallId,
  type Caption,
  type CaptionLatency,
  LIVE_CLOSE,
  LIVE_MOST_UNACKED,
  type LiveAction,
  type LiveCallState,
  type LiveMark,
} from "@earwitness/shared";
import type { Logger } from "@earwitness/shared/log";
import { FrameRing } from "../watch/frame-ring.ts";
import { InterimPacer } from "../watch/interim-pacer.ts";
import { Listeners } from "../watch/listeners.ts";
import { LiveSockets } from "../watch/live-sockets.ts";
import { PaintedLatency } from "../watch/painted-latency.ts";
import { lastPlace, readPlace, writePlace } from "../watch/place.ts";
import type { SoundPack } from "./media/packer.ts";

/** Past them a further one is told to come back: with more, one call would be a broadcast. */
const MOST_WATCHERS = 250;
/** On the way to a client that does not acknowledge; a lively call makes some hundreds a second. */
const MOST_UNACKED_CHARACTERS = 512 * 1024;
const LEVELS_EVERY_MS = 250;
const LATENCY_EVERY_MS = 5_000;
/** How long after the last frame each socket's place is written down; the room does not fall asleep before. */
const REMEMBER_AFTER_MS = 1_000;

/** The call as a browser is shown it that sees it for the first time. */
export interface CallSnapshot {
  readonly state: LiveCallState;
  /** In the order of their beginning. */
  readonly captions: readonly Caption[];
  readonly marks: readonly LiveMark[];
}

export interface WatchersOptions {
  readonly ctx: DurableObjectState;
  readonly log: Logger;
  /** Signs the tokens of those who come without a cookie. */
  readonly secret: string;
  /** The room's call, where the watcher's workspace may see it; null otherwise. */
  readonly callIdFor: (watcher: Watcher) => CallId | null;
  readonly snapshot: () => CallSnapshot;
  /**
   * Tells the workspace's room that this one has a watcher of that session, so that it is closed with the session, and asks
   * whether it is good still.
   */
  readonly admit: (watcher: Watcher) => Promise<Admission>;
  /** Somebody begins to listen in. */
  readonly onListen: (watcher: Watcher) => void;
}

/** Up to where a watcher has dealt with what they were sent. */
interface Acked {
  readonly seq: number;
  readonly characters: number;
}

type NumberedFrame = Extract<CallFrame, { type: "state" | "caption" | "mark" }>;
type Untold<F> = F extends CallFrame ? Omit<F, "v" | "seq"> : never;

/**
 * The browsers that watch one call. Each frame that must not be missed has a number; who comes back with their last one gets
 * exactly what they missed, or the whole call anew. Who is slow is closed and slows nobody. The room tells it what happens,
 * and hands it the events of its sockets.
 */
export class Watchers {
  readonly #options: WatchersOptions;
  readonly #sockets: LiveSockets;
  readonly #ring: FrameRing;
  readonly #acked = new Map<WebSocket, Acked>();
  readonly #listeners: Listeners;
  readonly #latency = new PaintedLatency();
  readonly #interims = new InterimPacer((caption) => this.#tell({ type: "caption", caption }));
  #snapshot: { readonly seq: number; readonly text: string } | null = null;
  #peaks = { caller: 0, agent: 0 };
  #levelsAtMs = 0;
  #latencyAtMs = 0;
  #latencyTold = 0;
  #remembering: ReturnType<typeof setTimeout> | null = null;
  /** Whether what is written down of the sockets' places still holds. */
  #isRemembered = false;

  constructor(options: WatchersOptions) {
    this.#options = options;
    this.#sockets = new LiveSockets({
      ctx: options.ctx,
      log: options.log,
      secret: options.secret,
      most: MOST_WATCHERS,
      admit: options.admit,
      onOpen: (socket, watcher, after) => this.#welcome(socket, watcher, after),
      onAction: (socket, watcher, action) => this.#hear(socket, watcher, action),
      onGone: (socket) => this.#forget(socket),
    });
    this.#listeners = new Listeners((socket, frame) => this.#sockets.send(socket, frame));
    const found = [...this.#sockets].map(([socket]) => ({ socket, place: readPlace(this.#sockets.placeOf(socket)) }));
    const last = lastPlace(found.map(({ place }) => place)) ?? { epoch: crypto.randomUUID(), seq: 0 };
    this.#ring = new FrameRing(last.epoch, last.seq);
    this.#isRemembered = found.length > 0;
    for (const { socket, place } of found) {
      this.#acked.set(socket, { seq: last.seq, characters: 0 });
      // What was on the way to it when the room fell asleep is not known any more. The room is not made yet: later.
      if (place?.epoch !== last.epoch || place.seq !== last.seq) queueMicrotask(() => this.#renew(socket));
    }
  }

  /** How many watch. */
  get count(): number {
    return this.#sockets.count;
  }

  /** What browsers have measured of captions, for the record; null before any did. */
  get latency(): CaptionLatency | null {
    return this.#latency.summary;
  }

  /** Takes an upgrade that the API hands on. */
  accept(request: Request): Promise<Response> {
    return this.#sockets.accept(request);
  }

  /** For the room's `webSocketMessage`. */
  onMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    return this.#sockets.hear(socket, message);
  }

  /** For the room's `webSocketClose` and `webSocketError`. */
  onClose(socket: WebSocket): void {
    this.#sockets.forget(socket);
  }

  closeSession(sessionId: string): void {
    this.#sockets.closeSession(sessionId);
  }

  renewSession(sessionId: string): void {
    this.#sockets.renewSession(sessionId, Date.now());
  }

  /** Something is said, or was understood better. */
  caption(caption: Caption): void {
    if (caption.isFinal && caption.heardAtMs !== null) this.#latency.expect(caption.id, caption.heardAtMs);
    this.#interims.take(caption, this.count);
  }

  mark(mark: LiveMark): void {
    this.#tell({ type: "mark", mark });
  }

  state(state: LiveCallState): void {
    this.#tell({ type: "state", state });
  }

  /** Sound of one party: levels for all, the sound itself for those who listen. */
  sound(pack: SoundPack): void {
    if (this.count === 0) return;
    this.#listeners.take(pack);
    this.#peaks[pack.channel] = Math.max(this.#peaks[pack.channel], pack.peak);
    const nowMs = Date.now();
    if (nowMs - this.#levelsAtMs < LEVELS_EVERY_MS) return;
    this.#levelsAtMs = nowMs;
    this.#pass({ type: "levels", ...this.#peaks, positionMs: pack.positionMs });
    this.#peaks = { caller: 0, agent: 0 };
    this.#tellLatency(nowMs);
  }

  /** Numbers a frame, keeps it for those who come back, and sends it to all. */
  #tell(frame: Untold<NumberedFrame>): void {
    this.#forgetPlaces();
    const text = this.#ring.add((seq) => ({ v: 1, seq, ...frame }));
    this.#snapshot = null;
    for (const [socket] of this.#sockets) {
      const acked = this.#acked.get(socket) ?? { seq: 0, characters: 0 };
      const unacked = this.#ring.lastSeq - acked.seq;
      if (unacked > LIVE_MOST_UNACKED || this.#ring.characters - acked.characters > MOST_UNACKED_CHARACTERS) {
        this.#sockets.close(socket, LIVE_CLOSE.tooSlow, "Too much was sent that was not acknowledged.");
      } else this.#sockets.send(socket, text);
    }
    this.#rememberSoon();
  }

  /** Sends a frame that is worth nothing later: to one, or to all. */
  #pass(frame: Untold<Exclude<CallFrame, NumberedFrame>>, to?: WebSocket): void {
    const text = JSON.stringify({ v: 1, seq: this.#ring.lastSeq, ...frame });
    for (const socket of to === undefined ? [...this.#sockets].map(([each]) => each) : [to]) {
      this.#sockets.send(socket, text);
    }
  }

  #welcome(socket: WebSocket, watcher: Watcher, after: string | null): void {
    const callId = this.#options.callIdFor(watcher);
    if (callId === null) {
      this.#sockets.close(socket, LIVE_CLOSE.notFound, "There is no such call.");
      return;
    }
    const { epoch, lastSeq } = this.#ring;
    const place = readPlace(after);
    const missed = place?.epoch === epoch ? this.#ring.after(place.seq) : null;
    const seq = missed === null || place === null ? lastSeq : place.seq;
    // What is sent now is no backlog of a slow client's.
    this.#acked.set(socket, { seq: lastSeq, characters: this.#ring.characters });
    this.#sockets.send(socket, JSON.stringify({ ...this.#hello(callId), seq }));
    if (missed !== null) for (const frame of missed) this.#sockets.send(socket, frame);
    else this.#showAll(socket, after !== null);
    this.#rememberSoon();
  }

  /** Shows the whole call to one who cannot be sure of what they have. */
  #renew(socket: WebSocket): void {
    const watcher = this.#sockets.watcherOf(socket);
    const callId = watcher === null ? null : this.#options.callIdFor(watcher);
    if (callId === null) return;
    this.#sockets.send(socket, JSON.stringify(this.#hello(callId)));
    this.#showAll(socket, true);
    this.#rememberSoon();
  }

  #hello(callId: CallId): CallFrame {
    const { epoch, lastSeq: seq } = this.#ring;
    return { v: 1, seq, type: "hello", callId, epoch, serverMs: Date.now() };
  }

  #showAll(socket: WebSocket, isReset: boolean): void {
    const seq = this.#ring.lastSeq;
    if (isReset) this.#pass({ type: "reset" }, socket);
    // Many come at once, when a call begins or after a reset: it is written out once for all of them.
    this.#snapshot ??= { seq, text: JSON.stringify({ v: 1, seq, type: "snapshot", ...this.#options.snapshot() }) };
    this.#sockets.send(socket, this.#snapshot.text);
  }

  #hear(socket: WebSocket, watcher: Watcher, action: Exclude<LiveAction, { action: "authenticate" }>): void {
    const nowMs = Date.now();
    this.#listeners.heardOf(socket);
    switch (action.action) {
      case "ack": {
        const seq = Math.min(action.seq, this.#ring.lastSeq);
        if (seq <= (this.#acked.get(socket)?.seq ?? 0)) return;
        this.#acked.set(socket, { seq, characters: this.#ring.charactersUpTo(seq) });
        return;
      }
      case "clock":
        this.#pass({ type: "clock", sentMs: action.sentMs, serverMs: nowMs }, socket);
        return;
      case "painted":
        if (this.#latency.take(socket, action.captionId, action.latencyMs, nowMs)) this.#tellLatency(nowMs);
        return;
      case "listen": {
        const { isOn, isNew, reason } = this.#listeners.turn(socket, watcher, action.on);
        if (isNew) this.#options.onListen(watcher);
        this.#pass({ type: "listening", on: isOn, reason }, socket);
      }
    }
  }

  #tellLatency(nowMs: number): void {
    const { latency } = this;
    if (latency === null || latency.count === this.#latencyTold || nowMs - this.#latencyAtMs < LATENCY_EVERY_MS) return;
    this.#latencyAtMs = nowMs;
    this.#latencyTold = latency.count;
    this.#pass({ type: "latency", latency });
  }

  #forget(socket: WebSocket): void {
    this.#acked.delete(socket);
    this.#listeners.forget(socket);
  }

  /** From here on nobody is where it was written down: a room that ended now would not know what was sent. */
  #forgetPlaces(): void {
    if (!this.#isRemembered) return;
    this.#isRemembered = false;
    for (const [socket] of this.#sockets) this.#sockets.remember(socket, null);
  }

  /** Notes for each socket up to where it was sent, once things are quiet: a room that sleeps forgets everything else. */
  #rememberSoon(): void {
    if (this.#remembering !== null) clearTimeout(this.#remembering);
    this.#remembering = setTimeout(() => {
      this.#remembering = null;
      this.#isRemembered = true;
      const place = writePlace({ epoch: this.#ring.epoch, seq: this.#ring.lastSeq });
      for (const [socket] of this.#sockets) this.#sockets.remember(socket, place);
    }, REMEMBER_AFTER_MS);
  }
}
