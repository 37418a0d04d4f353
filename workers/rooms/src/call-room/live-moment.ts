import {
  answeredAtOf,
  type Call,
  type CallEvent,
  type CallFact,
  callOf,
  isPaused,
  liveStateOf,
  wishedStream,
} from "@earwitness/core";
import type { LiveCallState } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import { callSnapshot } from "./call-snapshot.ts";
import { FactBatch } from "./fact-batch.ts";
import type { Journal } from "./journal.ts";
import type { LiveCaptions } from "./live-captions.ts";
import { LiveCounts } from "./live-counts.ts";
import type { LiveSound } from "./media/live-sound.ts";
import { type MediaLoss, MediaSocket } from "./media/media-socket.ts";
import { MediaStream } from "./media/media-stream.ts";
import { type Placed, StreamTimeline } from "./media/stream-timeline.ts";
import { TailRows } from "./media/tail-rows.ts";
import type { Pace } from "./pace.ts";
import { openSpoken, type Spoken } from "./spoken.ts";
import type { CallSnapshot, Watchers } from "./watchers.ts";

/**
 * How often it is looked whether what should be there is there. It is for a room that was reset and that nobody wakes: the carrier
 * does, as a rule, by telling that its socket is gone. Each look is a row written.
 */
const WATCH_MS = 10_000;
/** When the line is over, the carrier's last frames are still under way. */
const LAST_FRAMES_MS = 1000;
/** Sound that R2 has not taken by then is given up; until then it waits on the room's disk. */
const STORING_LIMIT_MS = 6 * 3_600_000;

interface LiveMomentOptions {
  readonly journal: Journal;
  readonly sql: SqlStorage;
  readonly services: RoomServices;
  readonly log: Logger;
  readonly watchers: Pick<Watchers, "caption" | "mark" | "sound" | "state" | "latency">;
  readonly happen: (event: CallEvent) => void;
  readonly tell: (facts: CallFact[], pace: Pace) => void;
  /** Runs what a socket's event does so that its log lines say of which call they are. */
  readonly withinCall: (act: () => void) => void;
  /** What the room has counted beside the live moment, for the log. */
  readonly roomCounts: () => { readonly journalRows: number; readonly alarmsSet: number };
}

/**
 * What a call is while it is spoken: its sound on the way from the carrier's socket to the disk, to R2, to captions and to
 * those who watch. It follows the machine's state, tells the machine when sound comes and when it is lost, and tells the
 * record what was kept and what is missing. When the line is over, it brings all of that to its end and says so.
 */
export class LiveMoment {
  readonly #options: LiveMomentOptions;
  readonly #counts = new LiveCounts();
  #spoken: Spoken | null = null;
  #media: MediaSocket | null = null;
  #isPaused = false;
  #shownState = "";
  #onLastFrame: (() => void) | null = null;
  #finishing: Promise<void> | null = null;
  #isFinished = false;
  /** What is told of captions, on its way to the journal. */
  readonly #told: FactBatch;

  constructor(options: LiveMomentOptions) {
    this.#options = options;
    this.#told = new FactBatch((facts) => options.tell(facts, "idle"));
  }

  /** Whether nothing of the moment is awaited any more. */
  get isOver(): boolean {
    const { journal } = this.#options;
    return !callOf(journal.state)?.wasStreamed || journal.isLiveOver;
  }

  /** When it is to be looked after; null for a call whose sound is not asked for, or is over. */
  dueAtMs(nowMs: number): number | null {
    if (this.isOver) return null;
    const storeAtMs = this.#spoken?.kept.store.dueAtMs ?? Number.POSITIVE_INFINITY;
    return Math.min(nowMs + WATCH_MS, Math.max(nowMs, storeAtMs));
  }

  /** Takes the carrier's socket for the stream that is wished for: one, and no other. */
  accept(key: string | null): Response {
    const wished = wishedStream(this.#options.journal.state);
    if (wished === null || wished.key !== key) return new Response("This stream is not awaited.", { status: 409 });
    if (this.#media?.key === key) return new Response("This stream is here already.", { status: 409 });
    this.#media?.close("media_lost", "Another stream took its place.");
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#media = this.#open(key, ours);
    this.#options.happen({ type: "media_opened", key });
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Does what the call's state asks for. To be called after everything that happened to the call. */
  follow(): void {
    const { state } = this.#options.journal;
    const call = callOf(state);
    if (call !== null && !this.isOver) this.#followCall(call, this.#speak(call));
    this.#showState();
  }

  /** Looks whether all is as it should be, and mends what is not. */
  async watch(): Promise<void> {
    if (this.isOver) return;
    const wished = wishedStream(this.#options.journal.state);
    if (wished?.phase === "open" && this.#media === null) {
      // The state is from the journal, the socket was in memory: the room has been reset.
      this.#options.happen({ type: "media_lost", key: wished.key, reason: "room_reset" });
    }
    this.follow();
    await this.#spoken?.kept.store.run();
    this.#tellEnd();
  }

  /** The call as it stands. Throws in a room that has none. */
  snapshot(): CallSnapshot {
    const { journal } = this.#options;
    const state = this.#liveState();
    if (state === null) throw new Error("A room without a call has nothing to show.");
    return callSnapshot({
      state,
      told: [...journal.sideFacts(), ...this.#told.waiting],
      unsettled: this.#spoken?.captions.unsettled ?? [],
      absence: this.#spoken?.live.absence ?? null,
    });
  }

  /** Forgets what is on disk of a moment that is over. */
  empty(): void {
    new TailRows(this.#options.sql, () => true).empty();
  }

  #followCall(call: Call, { live, captions }: Spoken): void {
    const { state } = this.#options.journal;
    if (state.phase === "ended") {
      void this.#finish(Date.parse(state.end.at) - answeredMsOf(call));
      return;
    }
    this.#followPause(live, captions);
    const wished = wishedStream(state);
    if (this.#media !== null && wished?.key === this.#media.key && wished.startedAt !== null) {
      live.take(this.#media.stream.begin(Date.parse(wished.startedAt) - answeredMsOf(call)));
    }
    if (this.#media === null && wished?.phase === "lost") live.lose("media_lost", "The carrier's stream did not come.");
  }

  #followPause(live: LiveSound, captions: LiveCaptions): void {
    const nowPaused = isPaused(this.#options.journal.state);
    if (nowPaused === this.#isPaused) return;
    this.#isPaused = nowPaused;
    const nowMs = Date.now();
    if (!nowPaused) live.resume(this.#positionMs(nowMs), nowMs, this.#media !== null);
    else {
      live.pause(this.#positionMs(nowMs));
      captions.pause();
    }
  }

  #open(key: string, socket: WebSocket): MediaSocket {
    const { withinCall } = this.#options;
    const stream = new MediaStream(new StreamTimeline((arrivalMs) => this.#positionMs(arrivalMs)), Date.now());
    const media = new MediaSocket({
      key,
      socket,
      stream,
      onSound: (placed) => withinCall(() => this.#hear(placed)),
      onLost: (loss) =>
        withinCall(() => {
          if (this.#media === media) this.#media = null;
          this.#lose(media, loss);
        }),
    });
    return media;
  }

  #hear(placed: readonly Placed[]): void {
    const spoken = this.#spoken;
    if (spoken === null) return;
    for (const each of placed) spoken.live.take(each);
    this.#counts.buffer(spoken.kept.tail.bufferedBytes + spoken.kept.store.bufferedBytes);
  }

  #lose({ key, stream }: MediaSocket, { reason, detail }: MediaLoss): void {
    const { journal, happen } = this.#options;
    this.#counts.add(stream.counts);
    this.#spoken?.live.lose(reason, detail);
    this.#onLastFrame?.();
    if (wishedStream(journal.state)?.key === key) happen({ type: "media_lost", key, reason });
  }

  #speak(call: Call): Spoken {
    if (this.#spoken !== null) return this.#spoken;
    const options = this.#options;
    const { state } = options.journal;
    this.#isPaused = isPaused(state);
    this.#spoken = openSpoken({
      ...options,
      call,
      wishedMs: this.#positionMs(state.phase === "awaited" ? Date.now() : Date.parse(state.since)),
      tell: (facts) => this.#told.write(facts),
      tellSoon: (facts) => this.#told.add(facts),
      onCaptionState: () => this.#showState(),
    });
    return this.#spoken;
  }

  #liveState(): LiveCallState | null {
    const state = liveStateOf(this.#options.journal.state);
    const captions = this.#spoken?.captions.state;
    return state === null || captions === undefined ? state : { ...state, captions };
  }

  #showState(): void {
    const state = this.#liveState();
    const text = JSON.stringify(state);
    if (state === null || text === this.#shownState) return;
    this.#shownState = text;
    this.#options.watchers.state(state);
  }

  /** The call's position, in ms since the answer, when our clock shows `ourMs`. */
  #positionMs(ourMs: number): number {
    const { journal } = this.#options;
    const call = callOf(journal.state);
    return call === null ? 0 : Math.max(0, journal.carrierClock.at(ourMs) - answeredMsOf(call));
  }

  #finish(endMs: number): Promise<void> {
    this.#finishing ??= this.#bringToEnd(endMs).catch((error: unknown) => {
      this.#options.log.error("A call's live moment could not be brought to its end; it will be.", errorFields(error));
      this.#finishing = null;
    });
    return this.#finishing;
  }

  async #bringToEnd(endMs: number): Promise<void> {
    const spoken = this.#spoken;
    if (spoken === null) return;
    await this.#awaitLastFrame();
    this.#media?.close("media_lost", "The call is over.");
    spoken.live.finish(endMs);
    await Promise.all([spoken.captions.finish(), spoken.kept.store.run()]);
    this.#isFinished = true;
    this.#tellEnd();
  }

  async #awaitLastFrame(): Promise<void> {
    if (this.#media === null) return;
    await new Promise<void>((resolve) => {
      this.#onLastFrame = resolve;
      setTimeout(resolve, LAST_FRAMES_MS);
    });
  }

  /** Says that it is all over, as soon as nothing is on its way any more. */
  #tellEnd(): void {
    const { tell, journal, log, watchers, roomCounts } = this.#options;
    const spoken = this.#spoken;
    if (spoken === null || !this.#isFinished || journal.isLiveOver || journal.state.phase !== "ended") return;
    const { rows, store } = spoken.kept;
    if (Date.now() - Date.parse(journal.state.since) > STORING_LIMIT_MS) store.giveUp();
    if (!store.isIdle) return;
    const rest = this.#told.take();
    tell([...rest, { type: "live.ended", at: new Date().toISOString(), captionLatency: watchers.latency }], "burst");
    const { settled, packs } = spoken.captions.counts;
    const { journalRows, alarmsSet } = roomCounts();
    log.info("A call's live moment is over.", {
      ...this.#counts.fields,
      messagesOut: packs,
      chunksStored: store.stored.chunks,
      chunkBytes: store.stored.bytes,
      tailRows: rows.saved,
      journalRows,
      alarmsSet,
      // An alarm that is set is a row, too.
      rowsWritten: rows.saved + journalRows + alarmsSet,
      captionsSettled: settled,
    });
  }
}

/** When the call was answered, in ms of the epoch by the carrier's clock. */
function answeredMsOf(call: Call): number {
  return Date.parse(answeredAtOf(call) ?? "");
}
