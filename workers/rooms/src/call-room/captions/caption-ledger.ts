import type { Caption, GapReason, LiveChannel } from "@earwitness/shared";
import { PACK_MS } from "../media/packer.ts";
import { closeCaption } from "./caption-draft.ts";
import type { CaptionClock } from "./clock.ts";
import { InterimPace } from "./interim-pace.ts";
import { type GapListener, OpenGap } from "./open-gap.ts";

/** A turn that a reset of the room cut off began no longer ago than this. */
const LONGEST_TURN_MS = 20_000;

/** Why sound is not captioned at this moment. */
export interface Trouble {
  readonly reason: GapReason;
  /** The vendor's own word, such as a close code. */
  readonly detail: string | null;
}

export interface CaptionLedgerOptions extends GapListener {
  readonly channel: LiveChannel;
  readonly clock: CaptionClock;
  /** Where an earlier instance of the room left off: captions are counted from there. */
  readonly firstCaption: number;
  readonly settledMs: number;
  /** Whether there was an earlier instance: what it had heard and not settled is lost. */
  readonly isResumed: boolean;
  readonly onCaption: (caption: Caption) => void;
}

/**
 * What is told of one voice, whichever session said it: each caption under one name to its end, each word settled once, and
 * speech that nobody captioned as a gap with its reason.
 */
export class CaptionLedger {
  /** What is to blame for sound that is missed from now on. */
  trouble: Trouble = { reason: "transcriber_closed", detail: null };
  readonly #options: CaptionLedgerOptions;
  readonly #onSettled: (settledMs: number) => void;
  readonly #gap: OpenGap;
  readonly #interims: InterimPace;
  #nextCaption: number;
  /** What a session that broke off had understood of its turn: the next one hears it again, and goes on with its caption. */
  #interrupted: Caption | null = null;
  #settledMs: number;

  /** `onSettled`: all up to there is captioned for good. */
  constructor(options: CaptionLedgerOptions, onSettled: (settledMs: number) => void) {
    this.#options = options;
    this.#onSettled = onSettled;
    this.#nextCaption = options.firstCaption;
    this.#settledMs = options.settledMs;
    this.#gap = new OpenGap(options);
    this.#interims = new InterimPace(options.clock, options.onCaption);
  }

  get settledMs(): number {
    return this.#settledMs;
  }

  get isGapOpen(): boolean {
    return this.#gap.isOpen;
  }

  nameCaption(): string {
    const id = this.#interrupted?.id ?? `${this.#options.channel}-${this.#nextCaption++}`;
    this.#interrupted = null;
    return id;
  }

  /** A caption as far as it is understood, up to `settledMs` for good if it is final. */
  take(caption: Caption, settledMs: number): void {
    if (caption.isFinal) this.#settle(caption, settledMs);
    else this.#interims.take(caption);
  }

  /** A session has broken off in `open`, and the sound from `keptFromMs` on goes to the next one. */
  interrupt(open: Caption | null, keptFromMs: number | null): void {
    this.#interrupted = open ?? this.#interrupted;
    this.#interims.stop();
    // Of a turn that is longer than what was kept of it, the next session cannot make the same.
    if (this.#interrupted !== null && keptFromMs !== null && this.#interrupted.startMs < keptFromMs - PACK_MS) {
      this.settleInterrupted();
    }
  }

  /** No session goes on with it: what was understood stands. */
  settleInterrupted(): void {
    const caption = this.#interrupted;
    this.#interrupted = null;
    if (caption !== null) this.#settle(closeCaption(caption), caption.endMs);
  }

  miss(startMs: number, endMs: number, { reason, detail }: Trouble = this.trouble): void {
    this.#gap.add({ channel: this.#options.channel, startMs, endMs, reason, detail });
  }

  /** What the room had heard before it was reset, up to `positionMs`, is heard by nobody any more. */
  missReset(positionMs: number): void {
    if (!this.#options.isResumed) return;
    const startMs = Math.max(this.#settledMs, positionMs - LONGEST_TURN_MS);
    if (startMs >= positionMs) return;
    this.miss(startMs, positionMs, { reason: "room_reset", detail: null });
    this.closeGap();
  }

  closeGap(): void {
    this.#gap.close();
  }

  /** Nothing that may still change is told any more. */
  stopInterims(): void {
    this.#interims.stop();
  }

  #settle(caption: Caption, settledMs: number): void {
    this.#interims.drop(caption.id);
    this.#settledMs = Math.max(this.#settledMs, settledMs);
    this.#onSettled(this.#settledMs);
    this.#options.onCaption(caption);
  }
}
