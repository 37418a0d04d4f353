import type { LiveClosure, LiveTranscriber, LiveTranscriberEvent } from "@earwitness/core";
import type { GapReason } from "@earwitness/shared";
import { backoffMs } from "../backoff.ts";
import { PACK_MS, type SoundPack } from "../media/packer.ts";
import { CaptionLedger, type CaptionLedgerOptions } from "./caption-ledger.ts";
import { Hearing } from "./hearing.ts";
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
/** The rest of the room's ten seconds is for the carrier's last frames. */
const FINISH_TIME_LIMIT_MS = 8_000;

export type CaptionState = "running" | "lost";

export interface ChannelCaptionsOptions extends CaptionLedgerOptions {
  readonly transcriber: LiveTranscriber;
  readonly language: string | null;
  readonly keyTerms: readonly string[];
  readonly random: () => number;
  readonly onState: (state: CaptionState) => void;
  readonly onClosure: (closure: LiveClosure) => void;
}

/**
 * The captions of one voice: keeps a session at the transcriber while there is sound. It goes there as it comes, at the pace at
 * which it comes; a session that ends before its time is followed by another, which gets again what was not settled. What
 * becomes of all that is the ledger's.
 */
export class ChannelCaptions {
  readonly #options: ChannelCaptionsOptions;
  readonly #sound = new UnsettledSound();
  readonly #pace = new SpeechPace();
  readonly #ledger: CaptionLedger;
  #hearing: Hearing | null = null;
  /** Why the session was asked for its end, if it was: the next sound waits until it has said what it has to. */
  #leavingFor: "rest" | "next" | null = null;
  #isFirstPack = true;
  #lastPackAtMs = 0;
  #attempts = 0;
  #stallMs = STALLED_AFTER_MS;
  #cancelRetry: (() => void) | null = null;
  #cancelIdle: (() => void) | null = null;
  #state: CaptionState = "running";
  #isFinishing = false;
  #hasTriedAgain = false;
  #isOver = false;
  #onQuiet: () => void = () => {};

  constructor(options: ChannelCaptionsOptions) {
    this.#options = options;
    this.#ledger = new CaptionLedger(options, (settledMs) => this.#sound.settle(settledMs));
  }

  hear(pack: SoundPack): void {
    if (this.#isOver) return;
    this.#lastPackAtMs = this.#options.clock.nowMs();
    const earned = this.#pace.earn(this.#lastPackAtMs, pack.positionMs);
    if (this.#isFirstPack) this.#ledger.missReset(pack.positionMs);
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
    this.#ledger.stopInterims();
    if (this.#hearing !== null) {
      this.#hearing.abort(reason);
      this.#giveUp(this.#hearing);
    }
    this.#ledger.settleInterrupted();
    const isMissed = this.#ledger.isGapOpen || this.#sound.hasSpeech;
    const left = this.#sound.releaseAll();
    if (isMissed) for (const { positionMs } of left) this.#ledger.miss(positionMs, positionMs + PACK_MS);
    this.#ledger.closeGap();
  }

  #openSession(): void {
    const { clock } = this.#options;
    this.#cancelRetry = null;
    const hearing = new Hearing({
      ...this.#options,
      nowMs: () => clock.nowMs(),
      newFromMs: this.#ledger.settledMs,
      nameCaption: () => this.#ledger.nameCaption(),
      onEvent: (event) => this.#hearEvent(hearing, event),
    });
    this.#hearing = hearing;
    this.#lastPackAtMs = clock.nowMs();
    this.#lookIdle();
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
      this.#ledger.closeGap();
      if (this.#leavingFor === null) hearing.pump(this.#sound, 0);
      return;
    }
    this.#attempts = 0;
    this.#stallMs = STALLED_AFTER_MS;
    const caption = hearing.captionOf(event.turn);
    if (caption !== null) this.#ledger.take(caption, hearing.settledMs);
  }

  #hearClosed(hearing: Hearing, closure: LiveClosure): void {
    this.#options.onClosure(closure);
    if (this.#hearing !== hearing) return;
    const leavingFor = this.#leavingFor;
    this.#hearing = null;
    this.#leavingFor = null;
    const isFinished = leavingFor !== null && closure.kind === "finished";
    if (!isFinished) this.#ledger.trouble = { reason: reasonOf(closure), detail: String(closure.code) };
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
    this.#sound.rewind();
    this.#ledger.interrupt(hearing.open, this.#sound.startMs);
  }

  /** Looks whether the session still does its work. */
  #check(hearing: Hearing): void {
    if (hearing.isStalled(this.#stallMs)) {
      const isAgain = this.#stallMs > STALLED_AFTER_MS;
      this.#stallMs = Math.min(LONGEST_STALL_MS, this.#stallMs * 2);
      this.#hearing = null;
      this.#ledger.trouble = { reason: "transcriber_stalled", detail: null };
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

  #settleOpen(hearing: Hearing): void {
    const open = hearing.takeOpen();
    if (open !== null) this.#ledger.take(open, hearing.settledMs);
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
    this.#ledger.miss(missing.startMs, missing.endMs);
    this.#ledger.closeGap();
  }

  /** No session had this in time. */
  #letGo({ positionMs }: SoundPack): void {
    this.#ledger.settleInterrupted();
    if (positionMs + PACK_MS > this.#ledger.settledMs) this.#ledger.miss(positionMs, positionMs + PACK_MS);
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
