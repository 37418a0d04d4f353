import type { LiveClosure, LiveTranscriber, LiveTranscriberEvent } from "@earwitness/core";
import type { Caption, GapReason, LiveChannel } from "@earwitness/shared";
import { backoffMs } from "../backoff.ts";
import { PACK_MS, type SoundPack } from "../media/packer.ts";
import { closeCaption } from "./caption-draft.ts";
import type { CaptionClock } from "./clock.ts";
import { Hearing } from "./hearing.ts";
import { InterimPace } from "./interim-pace.ts";
import { type CaptionGap, OpenGap } from "./open-gap.ts";
import { SpeechPace } from "./speech-pace.ts";
import { UnsettledSound } from "./unsettled-sound.ts";

const RETRY = { firstMs: 250, longestMs: 10_000 };
/** A key or an account that is refused now may be mended by somebody while the call lasts. */
const REFUSED_RETRY_MS = 60_000;
/** Speech that went in, and nothing came out for: the session is as good as dead. */
const STALLED_AFTER_MS = 8_000;
/** Music and noise are no speech either: each time that a new session says nothing, the next is given longer. */
const LONGEST_STALL_MS = 300_000;
/** A session that would be cut off soon is followed by another: from here on between two turns, at half of it wherever. */
const BEFORE_LIMIT_MS = 60_000;
/** Without sound no turn ends, and an open session is billed. */
const IDLE_AFTER_MS = 5_000;
/** A turn that a reset of the room cut off began no longer ago than this. */
const LONGEST_TURN_MS = 20_000;
/** The rest of the room's ten seconds is for the carrier's last frames. */
const FINISH_TIME_LIMIT_MS = 8_000;

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
  /** Whether there was an earlier instance: what it had heard and not settled is lost. */
  readonly isResumed: boolean;
  readonly random: () => number;
  readonly onCaption: (caption: Caption) => void;
  /** A gap goes on: its end is not the last. */
  readonly onMissing: (gap: CaptionGap) => void;
  readonly onGap: (gap: CaptionGap) => void;
  readonly onState: (state: CaptionState) => void;
  readonly onClosure: (closure: LiveClosure) => void;
}

interface Trouble {
  readonly reason: GapReason;
  readonly detail: string | null;
}

/**
 * The captions of one voice. Sound goes to a session as it comes, at the pace at which it comes; a session that ends before its
 * time is followed by another, which gets again what was not settled. A word is settled once, and speech that nobody captioned
 * is told as a gap.
 */
export class ChannelCaptions {
  readonly #options: ChannelCaptionsOptions;
  readonly #sound = new UnsettledSound();
  readonly #pace = new SpeechPace();
  readonly #gap: OpenGap;
  readonly #interims: InterimPace;
  #hearing: Hearing | null = null;
  /** Why the session was asked for its end, if it was: the next sound waits until it has said what it has to. */
  #leavingFor: "rest" | "next" | null = null;
  #nextCaption: number;
  /** What a session that broke off had understood of its turn: the next one hears it again, and goes on with its caption. */
  #interrupted: Caption | null = null;
  #settledMs: number;
  #isFirstPack = true;
  #lastPackAtMs = 0;
  #attempts = 0;
  #stallMs = STALLED_AFTER_MS;
  #cancelRetry: (() => void) | null = null;
  #cancelIdle: (() => void) | null = null;
  #trouble: Trouble = { reason: "transcriber_closed", detail: null };
  #state: CaptionState = "running";
  #isFinishing = false;
  #hasTriedAgain = false;
  #isOver = false;
  #onQuiet: () => void = () => {};

  constructor(options: ChannelCaptionsOptions) {
    this.#options = options;
    this.#nextCaption = options.firstCaption;
    this.#settledMs = options.settledMs;
    this.#gap = new OpenGap(options);
    this.#interims = new InterimPace(options.clock, options.onCaption);
  }

  hear(pack: SoundPack): void {
    if (this.#isOver) return;
    this.#lastPackAtMs = this.#options.clock.nowMs();
    const earned = this.#pace.earn(this.#lastPackAtMs, pack.positionMs);
    if (this.#isFirstPack) this.#missReset(pack.positionMs);
    this.#isFirstPack = false;
    const dropped = this.#sound.add(pack);
    if (dropped !== null) this.#letGo(dropped);
    if (this.#hearing === null) {
      if (this.#cancelRetry === null) this.#openSession();
    } else if (this.#leavingFor === null) {
      this.#hearing.pump(this.#sound, earned);
      this.#check(this.#hearing);
    }
  }

  /** Nothing comes for a while, on purpose: the turn is over. */
  pause(): void {
    this.#lastPackAtMs = Number.NEGATIVE_INFINITY;
    this.#lookIdle();
  }

  /** The call is over: asks for what is still to come. Resolves when nothing will be told any more. */
  async finish(): Promise<void> {
    if (this.#isOver || this.#isFinishing) return;
    this.#isFinishing = true;
    let cancelLimit = () => {};
    const quiet = new Promise<void>((resolve) => {
      this.#onQuiet = resolve;
      cancelLimit = this.#options.clock.after(FINISH_TIME_LIMIT_MS, resolve);
    });
    this.#cancelRetry?.();
    this.#bringToEnd();
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
    this.#interims.stop();
    if (this.#hearing !== null) {
      this.#hearing.abort(reason);
      this.#giveUp(this.#hearing);
    }
    this.#settleInterrupted();
    const isMissed = this.#gap.isOpen || this.#sound.hasSpeech;
    const left = this.#sound.releaseAll();
    if (isMissed) for (const { positionMs } of left) this.#miss(positionMs, positionMs + PACK_MS);
    this.#gap.close();
  }

  #openSession(): void {
    const { clock } = this.#options;
    this.#cancelRetry = null;
    const hearing = new Hearing({
      ...this.#options,
      nowMs: () => clock.nowMs(),
      newFromMs: this.#settledMs,
      nameCaption: () => this.#nameCaption(),
      onEvent: (event) => this.#hearEvent(hearing, event),
    });
    this.#hearing = hearing;
    this.#lastPackAtMs = clock.nowMs();
    this.#lookIdle();
  }

  #nameCaption(): string {
    const id = this.#interrupted?.id ?? `${this.#options.channel}-${this.#nextCaption++}`;
    this.#interrupted = null;
    return id;
  }

  #hearEvent(hearing: Hearing, event: LiveTranscriberEvent): void {
    if (this.#isOver) return;
    if (event.type === "closed") {
      this.#hearClosed(hearing, event.closure);
      return;
    }
    this.#tellState("running");
    if (event.type === "begun") {
      hearing.begin(event.expiresAtMs);
      this.#gap.close();
      if (this.#leavingFor === null) hearing.pump(this.#sound, 0);
      return;
    }
    this.#attempts = 0;
    this.#stallMs = STALLED_AFTER_MS;
    const caption = hearing.captionOf(event.turn);
    if (caption === null) return;
    if (caption.isFinal) this.#settle(caption, hearing.settledMs);
    else this.#interims.take(caption);
  }

  #hearClosed(hearing: Hearing, closure: LiveClosure): void {
    this.#options.onClosure(closure);
    if (this.#hearing !== hearing) return;
    const leavingFor = this.#leavingFor;
    this.#hearing = null;
    this.#leavingFor = null;
    const isFinished = leavingFor !== null && closure.kind === "finished";
    if (!isFinished) this.#trouble = { reason: reasonOf(closure), detail: String(closure.code) };
    if (isFinished) this.#settleOpen(hearing);
    if (leavingFor === "rest") this.#giveUp(hearing, isFinished);
    else this.#hearAgain(hearing);
    if (this.#isFinishing) return;
    if (leavingFor === null || !isFinished) this.#retry(closure);
    else if (this.#sound.waiting > 0) this.#openSession();
  }

  #retry({ again, kind }: LiveClosure): void {
    const { clock, random } = this.#options;
    const isRefused = again === "never";
    if (isRefused) this.#tellState("lost");
    const laterMs = backoffMs(this.#attempts, RETRY, random);
    // The first after a session that had reached its limit loses nothing by being at once.
    const isNextInLine = kind === "limit" && this.#attempts === 0;
    this.#attempts += 1;
    const waitMs = isRefused ? REFUSED_RETRY_MS : isNextInLine ? 0 : laterMs;
    this.#cancelRetry = clock.after(waitMs, () => this.#openSession());
  }

  /** What the session had and did not settle goes to the next one. */
  #hearAgain(hearing: Hearing): void {
    this.#interrupted = hearing.open ?? this.#interrupted;
    this.#interims.stop();
    this.#sound.rewind();
    const fromMs = this.#sound.startMs;
    // Of a turn that is longer than what was kept of it, the next session cannot make the same.
    if (this.#interrupted !== null && fromMs !== null && this.#interrupted.startMs < fromMs - PACK_MS) {
      this.#settleInterrupted();
    }
  }

  /** Looks whether the session still does its work. */
  #check(hearing: Hearing): void {
    if (hearing.isStalled(this.#stallMs)) {
      const isAgain = this.#stallMs > STALLED_AFTER_MS;
      this.#stallMs = Math.min(LONGEST_STALL_MS, this.#stallMs * 2);
      this.#hearing = null;
      this.#trouble = { reason: "transcriber_stalled", detail: null };
      hearing.abort("The transcriber had fallen silent.");
      if (isAgain) {
        // Two sessions had nothing to say to it: a third would only be late for what comes.
        this.#giveUp(hearing);
      } else this.#hearAgain(hearing);
      this.#openSession();
      return;
    }
    const restMs = hearing.expiresAtMs - this.#options.clock.nowMs();
    if (restMs < BEFORE_LIMIT_MS / 2 || (restMs < BEFORE_LIMIT_MS && hearing.open === null)) this.#leave("next");
  }

  #leave(why: "rest" | "next"): void {
    if (this.#hearing === null || this.#leavingFor !== null) return;
    this.#leavingFor = why;
    this.#hearing.finish();
  }

  /** Sends what is left at the pace of speech, to another session if it must be, and asks for the end. */
  #bringToEnd(): void {
    if (this.#isOver) return;
    const hearing = this.#hearing;
    if (hearing === null) {
      // One more is opened for what waits; but not where the transcriber has said that it takes none.
      if (this.#hasTriedAgain || this.#state === "lost" || !this.#sound.hasSpeech) {
        this.#onQuiet();
        return;
      }
      this.#hasTriedAgain = true;
      this.#openSession();
    } else if (this.#leavingFor === null) {
      if (this.#sound.waiting > 0 || !hearing.hasBegun) hearing.pump(this.#sound, 1);
      else this.#leave("rest");
    }
    this.#options.clock.after(PACK_MS, () => this.#bringToEnd());
  }

  /** Ends the session when no sound comes any more, also where nobody said so: the carrier's stream may have broken. */
  #lookIdle(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    const { clock } = this.#options;
    const hearing = this.#hearing;
    if (hearing === null || this.#leavingFor !== null || this.#isFinishing || this.#isOver) return;
    const isIdle = clock.nowMs() - this.#lastPackAtMs >= IDLE_AFTER_MS;
    const isBehind = isIdle && hearing.hasBegun && this.#sound.waiting > 0;
    if (isBehind) hearing.pump(this.#sound, 1);
    else if (isIdle && hearing.hasBegun) this.#leave("rest");
    this.#cancelIdle = clock.after(isBehind ? PACK_MS : IDLE_AFTER_MS, () => this.#lookIdle());
  }

  #settle(caption: Caption, settledMs: number): void {
    this.#interims.drop(caption.id);
    this.#settledMs = Math.max(this.#settledMs, settledMs);
    this.#sound.settle(this.#settledMs);
    this.#options.onCaption(caption);
  }

  #settleOpen(hearing: Hearing): void {
    const open = hearing.takeOpen();
    if (open !== null) this.#settle(open, hearing.settledMs);
  }

  #settleInterrupted(): void {
    const caption = this.#interrupted;
    this.#interrupted = null;
    if (caption !== null) this.#settle(closeCaption(caption), caption.endMs);
  }

  /**
   * A session will say nothing more, and no other gets its sound: what it understood stands. The rest of the speech is missing,
   * unless the session has heard it to the end and found no word in it.
   */
  #giveUp(hearing: Hearing, isHeard = false): void {
    this.#settleOpen(hearing);
    this.#sound.releaseSent();
    const missing = hearing.unsettledSpeech;
    if (missing === null || isHeard) return;
    this.#miss(missing.startMs, missing.endMs);
    this.#gap.close();
  }

  /** No session had this in time. */
  #letGo({ positionMs }: SoundPack): void {
    this.#settleInterrupted();
    if (positionMs + PACK_MS > this.#settledMs) this.#miss(positionMs, positionMs + PACK_MS);
  }

  /** What the room had heard before it was reset is heard by nobody any more. */
  #missReset(positionMs: number): void {
    if (!this.#options.isResumed) return;
    const startMs = Math.max(this.#settledMs, positionMs - LONGEST_TURN_MS);
    if (startMs >= positionMs) return;
    this.#miss(startMs, positionMs, { reason: "room_reset", detail: null });
    this.#gap.close();
  }

  #miss(startMs: number, endMs: number, { reason, detail }: Trouble = this.#trouble): void {
    this.#gap.add({ channel: this.#options.channel, startMs, endMs, reason, detail });
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
