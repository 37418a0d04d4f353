import {
  answeredAtOf,
  type Call,
  type CallEvent,
  type CallFact,
  callOf,
  isPaused,
  wishedStream,
} from "@earwitness/core";
import type { Caption, CaptionLatency, LiveCallState, LiveMark } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import type { Pace } from "./announcer.ts";
import { CallCaptions } from "./captions/call-captions.ts";
import type { CaptionState } from "./captions/channel-captions.ts";
import type { Journal } from "./journal.ts";
import { type KeptSound, openKeptSound } from "./media/kept-sound.ts";
import { type Absence, LiveSound } from "./media/live-sound.ts";
import { MediaSocket } from "./media/media-socket.ts";
import { MediaStream, type StreamCounts } from "./media/media-stream.ts";
import type { SoundPack } from "./media/packer.ts";
import { StreamTimeline } from "./media/stream-timeline.ts";
import { TailRows } from "./media/tail-rows.ts";
import { toldSoundOf } from "./media/told-sound.ts";

/** How often it is looked whether what should be there is there. */
const WATCH_MS = 5000;
/** When the line is over, the carrier's last frames are still under way. */
const LAST_FRAMES_MS = 1000;

interface LiveMomentOptions {
  readonly journal: Journal;
  readonly sql: SqlStorage;
  readonly services: RoomServices;
  readonly log: Logger;
  readonly happen: (event: CallEvent) => void;
  readonly tell: (facts: CallFact[], pace: Pace) => void;
  readonly audience?: Audience;
  /** Something of `captions` has changed that watchers are shown. */
  readonly onChange?: () => void;
}

/** Those who watch the call, as far as its live moment tells them something. */
export interface Audience {
  caption(caption: Caption): void;
  mark(mark: LiveMark): void;
  sound(pack: SoundPack): void;
  readonly latency: CaptionLatency | null;
}

interface OpenSound {
  readonly call: Call;
  readonly live: LiveSound;
  readonly kept: KeptSound;
  /** null where there is no transcriber. */
  readonly captions: CallCaptions | null;
}

/**
 * What a call is while it is spoken: its sound on the way from the carrier's socket to the disk, to R2, to captions and to
 * listeners. It follows the machine's state, tells the machine when sound comes and when it is lost, and tells the record what
 * was kept and what is missing. When the line is over, it brings all of that to its end and says so.
 */
export class LiveMoment {
  readonly #options: LiveMomentOptions;
  #sound: OpenSound | null = null;
  #media: MediaSocket | null = null;
  #isPaused = false;
  #onLastFrame: (() => void) | null = null;
  #finishing: Promise<void> | null = null;
  #isFinished = false;
  readonly #counts: StreamCounts = { messages: 0, frames: 0, lost: 0, malformed: 0 };
  #peakBufferedBytes = 0;
  #captionsSettled = 0;
  #captionState: CaptionState = "running";
  readonly #sinceMs = Date.now();

  constructor(options: LiveMomentOptions) {
    this.#options = options;
  }

  /** Whether the call's words are to be read while they are spoken. */
  get captions(): LiveCallState["captions"] {
    if (this.#sound === null || this.#sound.captions === null || this.#isFinished) return "off";
    return this.#captionState;
  }

  /** Whether nothing of the moment is awaited any more. */
  get isOver(): boolean {
    const { journal } = this.#options;
    return !callOf(journal.state)?.wasStreamed || journal.isLiveOver;
  }

  /** When it is to be looked after; null for a call whose sound is not asked for, or is over. */
  dueAtMs(nowMs: number): number | null {
    if (this.isOver) return null;
    const storeAtMs = this.#sound?.kept.store.dueAtMs ?? Number.POSITIVE_INFINITY;
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
    const { journal } = this.#options;
    const call = callOf(journal.state);
    if (call === null || this.isOver) return;
    const { live } = this.#openSound(call);
    if (journal.state.phase === "ended") {
      void this.#finish(endMsOf(journal));
      return;
    }
    this.#followPause(live);
    const wished = wishedStream(journal.state);
    if (this.#media !== null && wished?.key === this.#media.key && wished.startedAt !== null) {
      live.take(this.#media.stream.begin(Date.parse(wished.startedAt) - answeredMsOf(call)));
    }
    if (this.#media === null && wished?.phase === "lost") live.lose("media_lost", "The carrier's stream did not come.");
  }

  /** Looks whether all is as it should be, and mends what is not. Never rejects. */
  async watch(nowMs: number): Promise<void> {
    if (this.isOver) return;
    const wished = wishedStream(this.#options.journal.state);
    if (wished?.phase === "open" && this.#media === null) {
      // The state is from the journal, the socket was in memory: the room has been reset.
      this.#options.happen({ type: "media_lost", key: wished.key, reason: "room_reset" });
    }
    this.#media?.checkSilence(nowMs);
    this.follow();
    await this.#sound?.kept.store.run();
    this.#tellEnd();
  }

  /** Forgets what is on disk of a moment that is over. */
  empty(): void {
    new TailRows(this.#options.sql, () => true).empty();
  }

  #open(key: string, socket: WebSocket): MediaSocket {
    const stream = new MediaStream(new StreamTimeline((arrivalMs) => this.#positionMs(arrivalMs)), Date.now());
    const media = new MediaSocket({
      key,
      socket,
      stream,
      onSound: (placed) => {
        const sound = this.#sound;
        if (sound === null) return;
        for (const each of placed) sound.live.take(each);
        this.#noteMemory(sound);
      },
      onLost: ({ reason, detail }) => {
        this.#count(stream.counts);
        if (this.#media === media) this.#media = null;
        this.#sound?.live.lose(reason, detail);
        this.#onLastFrame?.();
        const isWished = wishedStream(this.#options.journal.state)?.key === key;
        if (isWished) this.#options.happen({ type: "media_lost", key, reason });
      },
    });
    return media;
  }

  #openSound(call: Call): OpenSound {
    if (this.#sound !== null) return this.#sound;
    const { journal, sql, services, log, tell } = this.#options;
    const told = toldSoundOf(journal.sideFacts());
    const folder = `chunks/${call.workspaceId}/${call.callId}`;
    const kept = openKeptSound({
      sql,
      bucket: services.recordings,
      log,
      folder,
      told,
      tell: (facts) => tell(facts, "idle"),
    });
    this.#isPaused = isPaused(journal.state);
    const live = new LiveSound({
      tail: kept.tail,
      wishedMs: this.#positionMs(journal.state.phase === "awaited" ? Date.now() : Date.parse(journal.state.since)),
      absence: absenceAt(Math.max(told.untilMs ?? -1, kept.rows.endMs ?? -1), this.#isPaused),
      isPaused: this.#isPaused,
      onPack: (pack) => this.#hear(pack),
      onGap: (gap) => tell([{ type: "audio.gap", at: new Date().toISOString(), ...gap }], "idle"),
    });
    this.#sound = { call, live, kept, captions: this.#openCaptions(call) };
    return this.#sound;
  }

  #hear(pack: SoundPack): void {
    this.#sound?.captions?.hear(pack);
    this.#options.audience?.sound(pack);
  }

  #openCaptions({ snapshot }: Call): CallCaptions | null {
    const { journal, services, log, tell, audience } = this.#options;
    if (services.liveTranscriber === null) return null;
    const settled = [...journal.sideFacts()].flatMap((fact) => (fact.type === "caption.settled" ? [fact.caption] : []));
    return new CallCaptions({
      transcriber: services.liveTranscriber,
      language: snapshot?.language ?? null,
      keyTerms: snapshot?.keyTerms ?? [],
      settled,
      onCaption: (caption) => {
        audience?.caption(caption);
        if (!caption.isFinal) return;
        this.#captionsSettled += 1;
        tell([{ type: "caption.settled", at: new Date().toISOString(), caption }], "idle");
      },
      onGap: (gap) => {
        const { channel, startMs } = gap;
        audience?.mark({ id: `captions-${channel}-${startMs}`, kind: "captions_gap", ...gap });
        tell([{ type: "captions.gap", at: new Date().toISOString(), ...gap }], "idle");
      },
      onState: (state) => {
        this.#captionState = state;
        this.#options.onChange?.();
      },
      onClosure: ({ kind, code, message }) => {
        if (kind !== "finished") log.warn("A session at the transcriber has ended.", { kind, code, reason: message });
      },
    });
  }

  #followPause(live: LiveSound): void {
    const nowPaused = isPaused(this.#options.journal.state);
    if (nowPaused === this.#isPaused) return;
    this.#isPaused = nowPaused;
    const nowMs = Date.now();
    if (nowPaused) {
      live.pause(this.#positionMs(nowMs));
      this.#sound?.captions?.pause();
    } else live.resume(this.#positionMs(nowMs), nowMs, this.#media !== null);
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
    const sound = this.#sound;
    if (sound === null) return;
    await this.#awaitLastFrame();
    this.#media?.close("media_lost", "The call is over.");
    sound.live.finish(endMs);
    await sound.captions?.finish();
    await sound.kept.store.run();
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

  #tellEnd(): void {
    const { tell, journal, log } = this.#options;
    const sound = this.#sound;
    if (sound === null || !this.#isFinished || !sound.kept.store.isIdle || journal.isLiveOver) return;
    tell(
      [{ type: "live.ended", at: new Date().toISOString(), captionLatency: this.#options.audience?.latency ?? null }],
      "burst",
    );
    const { rows, store } = sound.kept;
    log.info("A call's live moment is over.", {
      framesIn: this.#counts.frames,
      framesLost: this.#counts.lost,
      messagesIn: this.#counts.messages,
      messagesOut: 0,
      chunksStored: store.stored.chunks,
      chunkBytes: store.stored.bytes,
      tailRows: rows.saved,
      journalRows: journal.rowsWritten,
      captionsSettled: this.#captionsSettled,
      activeMs: Date.now() - this.#sinceMs,
      peakBufferedBytes: this.#peakBufferedBytes,
    });
  }

  #count(counts: StreamCounts): void {
    this.#counts.messages += counts.messages;
    this.#counts.frames += counts.frames;
    this.#counts.lost += counts.lost;
    this.#counts.malformed += counts.malformed;
  }

  #noteMemory({ kept }: OpenSound): void {
    const bytes = kept.tail.bufferedBytes + kept.store.bufferedBytes;
    this.#peakBufferedBytes = Math.max(this.#peakBufferedBytes, bytes);
  }
}

/** Where an earlier instance of the room lost the sound; null where it had none. */
function absenceAt(startMs: number, isPaused: boolean): Absence | null {
  return startMs < 0 ? null : { startMs, reason: isPaused ? "paused" : "room_reset", detail: null };
}

/** When the call was answered, in ms of the epoch by the carrier's clock. */
function answeredMsOf(call: Call): number {
  return Date.parse(answeredAtOf(call) ?? "");
}

/** How long an ended call was answered. */
function endMsOf({ state }: Journal): number {
  return state.phase === "ended" ? Date.parse(state.end.at) - answeredMsOf(state.call) : 0;
}
