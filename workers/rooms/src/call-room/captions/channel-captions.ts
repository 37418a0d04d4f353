import type { LiveClosure, LiveSession, LiveTranscriber, LiveTranscriberEvent, LiveTurn } from "@earwitness/core";
import type { Caption, GapReason, LiveChannel } from "@earwitness/shared";
import { PACK_MS, type SoundPack } from "../media/packer.ts";
import { captionOf } from "./caption-draft.ts";
import type { CaptionClock } from "./clock.ts";
import { type CaptionGap, OpenGap } from "./open-gap.ts";
import { SessionMap } from "./session-map.ts";
import { UnsettledSound } from "./unsettled-sound.ts";

/** The vendor refuses sound that comes faster than it is spoken, but for a little: so much may be ahead. */
const MOST_AHEAD_PACKS = 10;
/** Quieter than this nobody speaks: a two-hundredth of full scale, −46 dB. */
const SILENT_PEAK = 0.005;
/** So much of a silence is sent all the same when there is catching up to do: the vendor ends turns by it. */
const KEPT_SILENCE_PACKS = 8;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
/** A key or an account that is refused now may be mended by somebody while the call lasts. */
const REFUSED_RETRY_MS = 60_000;
/** Speech that went in, and nothing came out for: the session is as good as dead. */
const STALLED_AFTER_MS = 8_000;
const STALLED_SPEECH_PACKS = 20;
/** Music and noise are no speech either: each time that a new session says nothing, the next is given longer. */
const LONGEST_STALL_MS = 300_000;
/** A session that would be cut off soon is followed by another in good time. */
const BEFORE_LIMIT_MS = 60_000;
const INTERIM_EVERY_MS = 250;
/** Without sound no turn ends, and an open session is billed: a pause ends it, and with it the turn. */
const IDLE_AFTER_MS = 1_000;
const FINISH_TIME_LIMIT_MS = 9_000;

export type CaptionState = "running" | "lost";

export interface ChannelCaptionsOptions {
  readonly channel: LiveChannel;
  readonly transcriber: LiveTranscriber;
  readonly language: string | null;
  readonly keyTerms: readonly string[];
  readonly clock: CaptionClock;
  /** Where an earlier instance of the room left off: captions are counted from there. */
  readonly firstCaption: number;
  readonly settledMs: number;
  readonly random: () => number;
  readonly onCaption: (caption: Caption) => void;
  readonly onGap: (gap: CaptionGap) => void;
  readonly onState: (state: CaptionState) => void;
  readonly onClosure: (closure: LiveClosure) => void;
}

/** One session at the transcriber, and what this side must know of it. */
interface Hearing {
  readonly session: LiveSession;
  readonly map: SessionMap;
  /** The captions that its turns are, by their order. */
  readonly captions: Map<number, number>;
  hasBegun: boolean;
  expiresAtMs: number;
  /** Packs that may be sent at once: each that arrives allows one more. */
  credit: number;
  silentPacks: number;
  speechPacks: number;
  lastHeardAtMs: number;
}

/**
 * The captions of one voice. Sound goes to a session as it comes, at the pace at which it comes; a session that ends before its
 * time is followed by another, which gets again what was not settled. A word is settled once, and what nobody captioned is
 * told as a gap.
 */
export class ChannelCaptions {
  readonly #options: ChannelCaptionsOptions;
  readonly #sound = new UnsettledSound();
  readonly #gap: OpenGap;
  #hearing: Hearing | null = null;
  readonly #leaving = new Set<Hearing>();
  #nextCaption: number;
  /** The caption that is being spoken; a turn of the next session goes on with it. */
  #open: Caption | null = null;
  #settledMs: number;
  #attempts = 0;
  #stallMs = STALLED_AFTER_MS;
  #cancelRetry: (() => void) | null = null;
  #cancelIdle: (() => void) | null = null;
  #cancelInterim: (() => void) | null = null;
  #toldInterimAtMs = Number.NEGATIVE_INFINITY;
  #trouble: { reason: GapReason; detail: string | null } = { reason: "transcriber_closed", detail: null };
  #state: CaptionState = "running";
  #isOver = false;
  #onQuiet: (() => void) | null = null;

  constructor(options: ChannelCaptionsOptions) {
    this.#options = options;
    this.#nextCaption = options.firstCaption;
    this.#settledMs = options.settledMs;
    this.#gap = new OpenGap(options.channel, options.onGap);
  }

  hear(pack: SoundPack): void {
    if (this.#isOver) return;
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    const dropped = this.#sound.add(pack);
    if (dropped !== null) this.#miss(dropped);
    const hearing = this.#hearing;
    if (hearing === null) {
      if (this.#cancelRetry === null) this.#openSession();
      return;
    }
    hearing.credit = Math.min(MOST_AHEAD_PACKS, hearing.credit + 1);
    this.#pump(hearing);
    this.#check(hearing);
  }

  /** Nothing comes for a while, on purpose. */
  pause(): void {
    this.#cancelIdle ??= this.#options.clock.after(IDLE_AFTER_MS, () => {
      this.#cancelIdle = null;
      this.#leave();
    });
  }

  /** The call is over: asks for what is still to come. Resolves when nothing will be told any more. */
  async finish(): Promise<void> {
    if (this.#isOver) return;
    const { clock } = this.#options;
    let cancelLimit = () => {};
    const quiet = new Promise<void>((resolve) => {
      this.#onQuiet = resolve;
      cancelLimit = clock.after(FINISH_TIME_LIMIT_MS, resolve);
    });
    this.#drainAndLeave();
    await quiet;
    cancelLimit();
    this.abort("The call is over.");
  }

  /** Ends everything at once; what was understood so far stands. */
  abort(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelRetry?.();
    this.#cancelIdle?.();
    for (const hearing of [...this.#leaving, ...(this.#hearing === null ? [] : [this.#hearing])]) {
      hearing.session.abort(reason);
    }
    this.#settleOpen();
    for (const pack of this.#sound.drain()) this.#miss(pack);
    this.#gap.close();
  }

  #openSession(): void {
    const { transcriber, language, keyTerms, clock } = this.#options;
    this.#cancelRetry = null;
    const map = new SessionMap();
    const hearing: Hearing = {
      session: transcriber.open({ language, keyTerms }, (event) => this.#hearEvent(hearing, event)),
      map,
      captions: new Map(),
      hasBegun: false,
      expiresAtMs: clock.nowMs() + transcriber.capabilities.maxSessionMs,
      credit: MOST_AHEAD_PACKS,
      silentPacks: 0,
      speechPacks: 0,
      lastHeardAtMs: clock.nowMs(),
    };
    this.#hearing = hearing;
  }

  #hearEvent(hearing: Hearing, event: LiveTranscriberEvent): void {
    if (this.#isOver) return;
    switch (event.type) {
      case "begun":
        hearing.hasBegun = true;
        hearing.lastHeardAtMs = this.#options.clock.nowMs();
        hearing.expiresAtMs = Math.min(hearing.expiresAtMs, Math.max(event.expiresAtMs, hearing.lastHeardAtMs));
        this.#gap.close();
        this.#pump(hearing);
        break;
      case "turn":
        hearing.lastHeardAtMs = this.#options.clock.nowMs();
        hearing.speechPacks = 0;
        this.#attempts = 0;
        this.#stallMs = STALLED_AFTER_MS;
        this.#tellState("running");
        this.#hearTurn(hearing, event.turn);
        break;
      case "closed":
        this.#hearClosed(hearing, event.closure);
        break;
    }
  }

  #hearTurn(hearing: Hearing, turn: LiveTurn): void {
    const number = this.#captionNumber(hearing, turn.order);
    const caption = captionOf({
      id: `${this.#options.channel}-${number}`,
      channel: this.#options.channel,
      turn,
      map: hearing.map,
      settledMs: this.#settledMs,
      arrivalOf: (positionMs) => this.#sound.arrivalOf(positionMs),
    });
    if (caption === null) return;
    if (caption.isFinal) this.#settle(caption);
    else this.#tellInterim(caption);
  }

  /** A turn that a session did not end is ended by the next one, as the same caption. */
  #captionNumber(hearing: Hearing, order: number): number {
    const known = hearing.captions.get(order);
    if (known !== undefined) return known;
    // A session that still has to end its last turn keeps that one's caption.
    const taken = [hearing, ...this.#leaving].flatMap(({ captions }) => [...captions.values()]);
    const goesOn = this.#open !== null && !taken.includes(this.#nextCaption - 1);
    const number = goesOn ? this.#nextCaption - 1 : this.#nextCaption++;
    hearing.captions.set(order, number);
    return number;
  }

  #settle(caption: Caption): void {
    this.#cancelInterim?.();
    this.#cancelInterim = null;
    if (this.#open?.id === caption.id) this.#open = null;
    this.#settledMs = Math.max(this.#settledMs, caption.endMs);
    this.#options.onCaption({ ...caption, words: caption.words.map((word) => ({ ...word, isFinal: true })) });
    this.#sound.settle(this.#settledMs);
  }

  /** What was understood of a turn that nobody will end stands as it is. */
  #settleOpen(): void {
    if (this.#open !== null) this.#settle({ ...this.#open, isFinal: true });
  }

  #tellInterim(caption: Caption): void {
    this.#open = caption;
    const { clock, onCaption } = this.#options;
    const restMs = this.#toldInterimAtMs + INTERIM_EVERY_MS - clock.nowMs();
    const tell = () => {
      this.#cancelInterim = null;
      this.#toldInterimAtMs = clock.nowMs();
      if (this.#open !== null && !this.#isOver) onCaption(this.#open);
    };
    if (restMs <= 0) tell();
    else this.#cancelInterim ??= clock.after(restMs, tell);
  }

  #hearClosed(hearing: Hearing, closure: LiveClosure): void {
    this.#options.onClosure(closure);
    if (this.#leaving.delete(hearing) || this.#hearing !== hearing) {
      this.#quietIfDone();
      return;
    }
    this.#hearing = null;
    this.#trouble = { reason: reasonOf(closure), detail: String(closure.code) };
    this.#sound.rewind(this.#settledMs);
    this.#retry(closure);
    this.#quietIfDone();
  }

  #retry(closure: LiveClosure): void {
    if (this.#onQuiet !== null) return;
    const { clock, random } = this.#options;
    const backoffMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts);
    this.#attempts += 1;
    const isRefused = closure.again === "never";
    if (isRefused) this.#tellState("lost");
    const waitMs = isRefused ? REFUSED_RETRY_MS : closure.kind === "limit" ? 0 : backoffMs * (0.5 + random() / 2);
    this.#cancelRetry = clock.after(waitMs, () => this.#openSession());
  }

  #pump(hearing: Hearing): void {
    if (!hearing.hasBegun || this.#hearing !== hearing) return;
    while (hearing.credit > 0) {
      const pack = this.#sound.next();
      if (pack === null) return;
      const isSilent = pack.peak < SILENT_PEAK;
      hearing.silentPacks = isSilent ? hearing.silentPacks + 1 : 0;
      // Behind, a long silence is passed over: that is how captions catch up without being faster than speech.
      if (hearing.silentPacks > KEPT_SILENCE_PACKS && this.#sound.waiting > MOST_AHEAD_PACKS) continue;
      if (!isSilent) hearing.speechPacks += 1;
      hearing.credit -= 1;
      hearing.map.add(pack.positionMs, PACK_MS);
      hearing.session.send(pack.audio);
    }
  }

  /** Looks whether the session still does its work. */
  #check(hearing: Hearing): void {
    const nowMs = this.#options.clock.nowMs();
    const isStalled = hearing.speechPacks >= STALLED_SPEECH_PACKS && nowMs - hearing.lastHeardAtMs > this.#stallMs;
    if (isStalled) {
      this.#stallMs = Math.min(LONGEST_STALL_MS, this.#stallMs * 2);
      this.#hearing = null;
      hearing.session.abort("The transcriber had fallen silent.");
      this.#trouble = { reason: "transcriber_stalled", detail: null };
      this.#sound.rewind(this.#settledMs);
      this.#openSession();
      return;
    }
    if (nowMs < hearing.expiresAtMs - BEFORE_LIMIT_MS) return;
    // Between two turns nothing is cut; half a minute before the end it must be, wherever.
    if (this.#open === null || nowMs > hearing.expiresAtMs - BEFORE_LIMIT_MS / 2) this.#leave();
  }

  /** Lets the session say what it still has to, while the next sound goes to another. */
  #leave(): void {
    const hearing = this.#hearing;
    if (hearing === null) return;
    this.#hearing = null;
    this.#leaving.add(hearing);
    hearing.session.finish();
  }

  /** Sends what is left at the pace of speech, then leaves. */
  #drainAndLeave(): void {
    if (this.#isOver) return;
    const hearing = this.#hearing;
    if (hearing === null && this.#cancelRetry !== null) {
      this.#cancelRetry();
      this.#cancelRetry = null;
    }
    if (hearing !== null && (this.#sound.waiting > 0 || !hearing.hasBegun)) {
      hearing.credit = Math.min(MOST_AHEAD_PACKS, hearing.credit + 1);
      this.#pump(hearing);
      this.#options.clock.after(PACK_MS, () => this.#drainAndLeave());
      return;
    }
    this.#leave();
    this.#quietIfDone();
  }

  #quietIfDone(): void {
    if (this.#hearing === null && this.#leaving.size === 0) this.#onQuiet?.();
  }

  #miss({ positionMs }: SoundPack): void {
    const { reason, detail } = this.#trouble;
    this.#gap.add({ startMs: positionMs, endMs: positionMs + PACK_MS }, reason, detail);
  }

  #tellState(state: CaptionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

function reasonOf({ kind }: LiveClosure): GapReason {
  if (kind === "refused") return "transcriber_refused";
  return kind === "limit" ? "transcriber_limit" : "transcriber_closed";
}
