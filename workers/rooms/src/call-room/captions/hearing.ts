import type { LiveSession, LiveTranscriber, LiveTranscriberEvent, LiveTurn } from "@earwitness/core";
import type { Caption, LiveChannel } from "@earwitness/shared";
import { PACK_MS, type SoundPack } from "../media/packer.ts";
import { closeCaption, draftCaption } from "./caption-draft.ts";
import { SessionMap } from "./session-map.ts";
import { SILENT_PEAK, type UnsettledSound } from "./unsettled-sound.ts";

/** The vendor refuses sound that comes faster than it is spoken, but for a little: so much may be ahead. */
const MOST_AHEAD_PACKS = 10;
/** So much of a silence is sent all the same when there is catching up to do: the vendor ends turns by it. */
const KEPT_SILENCE_PACKS = 8;
/** Less speech than this may well be a cough. */
const STALLED_SPEECH_PACKS = 20;

export interface HearingOptions {
  readonly transcriber: LiveTranscriber;
  readonly language: string | null;
  readonly keyTerms: readonly string[];
  readonly channel: LiveChannel;
  readonly nowMs: () => number;
  /** Up to where the call was settled when it was opened: words before that are not new. */
  readonly newFromMs: number;
  readonly nameCaption: () => string;
  readonly onEvent: (event: LiveTranscriberEvent) => void;
}

/** One session at the transcriber: what it was sent, and what it makes of it. */
export class Hearing {
  /** What it understood of a turn that it has not ended yet. */
  open: Caption | null = null;
  /** Up to where on the call it has ended its turns. */
  settledMs: number;
  expiresAtMs: number;
  readonly #options: HearingOptions;
  readonly #session: LiveSession;
  readonly #map = new SessionMap(PACK_MS);
  /** Names of the captions that its turns are, by their order. The turns that are over are not asked for again. */
  readonly #names = new Map<number, string>();
  #hasBegun = false;
  /** Packs that may be sent at once. */
  #credit = MOST_AHEAD_PACKS;
  #silentPacks = 0;
  #unansweredPacks = 0;
  #answeredAtMs: number;
  #speech: { readonly startMs: number; readonly endMs: number } | null = null;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.settledMs = options.newFromMs;
    this.#answeredAtMs = options.nowMs();
    this.expiresAtMs = options.nowMs() + options.transcriber.capabilities.maxSessionMs;
    this.#session = options.transcriber.open(options, options.onEvent);
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Speech that it was sent, after what it has settled; null where there was none. */
  get unsettledSpeech(): { readonly startMs: number; readonly endMs: number } | null {
    if (this.#speech === null || this.#speech.endMs <= this.settledMs) return null;
    return { startMs: Math.max(this.settledMs, this.#speech.startMs), endMs: this.#speech.endMs };
  }

  begin(expiresAtMs: number): void {
    this.#hasBegun = true;
    this.#answeredAtMs = this.#options.nowMs();
    this.expiresAtMs = Math.min(this.expiresAtMs, Math.max(expiresAtMs, this.#answeredAtMs));
  }

  /** Sends what waits, as much as the pace of speech allows; `earned` packs more than until now. */
  pump(sound: UnsettledSound, earned: number): void {
    this.#credit = Math.min(MOST_AHEAD_PACKS, this.#credit + earned);
    while (this.#hasBegun && this.#credit > 0) {
      const pack = sound.next();
      if (pack === null) return;
      const isSilent = pack.peak < SILENT_PEAK;
      this.#silentPacks = isSilent ? this.#silentPacks + 1 : 0;
      // Behind, a long silence is passed over: that is how captions catch up without being faster than speech.
      if (this.#silentPacks > KEPT_SILENCE_PACKS && sound.waiting > MOST_AHEAD_PACKS) continue;
      this.#send(pack, isSilent);
    }
  }

  /** A turn as the caption that it is, under one name from its first word to its end; null where it says nothing new. */
  captionOf(turn: LiveTurn): Caption | null {
    this.#answeredAtMs = this.#options.nowMs();
    this.#unansweredPacks = 0;
    const draft = draftCaption(turn, this.#map, this.#options.newFromMs);
    const known = this.#names.get(turn.order);
    if (turn.isFinal) this.#names.delete(turn.order);
    if (draft === null) return turn.isFinal ? this.takeOpen() : null;
    const id = known ?? this.#options.nameCaption();
    if (!turn.isFinal) this.#names.set(turn.order, id);
    const caption = { id, channel: this.#options.channel, ...draft };
    this.open = turn.isFinal ? null : caption;
    // A word may be said to end after the last sound that was sent, but nothing after that is settled.
    if (turn.isFinal) this.settledMs = Math.max(this.settledMs, Math.min(caption.endMs, this.#map.endMs));
    return caption;
  }

  /** What it understood of the turn that it will not end, as it stands. */
  takeOpen(): Caption | null {
    const open = this.open;
    this.open = null;
    if (open === null) return null;
    this.settledMs = Math.max(this.settledMs, Math.min(open.endMs, this.#map.endMs));
    return closeCaption(open);
  }

  /** Whether speech went in and nothing came of it, for longer than `limitMs`. */
  isStalled(limitMs: number): boolean {
    const isSilent = this.#options.nowMs() - this.#answeredAtMs > limitMs;
    return isSilent && this.#unansweredPacks >= STALLED_SPEECH_PACKS;
  }

  /** Asks for what it still has to say. */
  finish(): void {
    this.#session.finish();
  }

  abort(reason: string): void {
    this.#session.abort(reason);
  }

  #send(pack: SoundPack, isSilent: boolean): void {
    if (!isSilent) {
      this.#unansweredPacks += 1;
      const goesOn = this.#speech !== null && this.#speech.endMs > this.settledMs;
      const startMs = goesOn && this.#speech !== null ? this.#speech.startMs : pack.positionMs;
      this.#speech = { startMs, endMs: pack.positionMs + PACK_MS };
    }
    this.#credit -= 1;
    this.#map.add(pack.positionMs, pack.arrivedAtMs);
    this.#session.send(pack.audio);
  }
}
