import { FRAME_MS } from "@earwitness/core";
import type { GapReason } from "@earwitness/shared";
import type { LostSpan } from "./lost-spans.ts";
import { Packer, type SoundPack } from "./packer.ts";
import type { SoundTail } from "./sound-tail.ts";
import type { Placed, PlacedSound } from "./stream-timeline.ts";

/** What is on the way when a pause ends was said before: so much of the sound that comes then still belongs to the pause. */
const RESUME_GUARD_MS = 300;

/** Since when there is no sound of the call, and why. */
export interface Absence {
  readonly startMs: number;
  readonly reason: GapReason;
  readonly detail: string | null;
}

interface LiveSoundOptions {
  readonly tail: SoundTail;
  /** Where sound was first asked for, in ms since the answer. */
  readonly wishedMs: number;
  /** Where an earlier instance of the room lost the sound; null where there was none yet. */
  readonly absence: Absence | null;
  readonly isPaused: boolean;
  readonly onPack: (pack: SoundPack) => void;
  /** No sound comes from here on. */
  readonly onAbsence: (absence: Absence) => void;
  /** A span of both channels without sound, when it is over. */
  readonly onGap: (gap: LostSpan) => void;
}

/**
 * The call's sound on its way from the carrier's streams to whoever takes it: the tail on disk, and packs for captions and
 * listeners. Every moment from the first sound on is either relayed, or in a gap with its reason, or both for what single
 * frames lost. Nothing that comes while recording is paused goes any further.
 */
export class LiveSound {
  readonly #options: LiveSoundOptions;
  readonly #packers = { caller: new Packer("caller"), agent: new Packer("agent") };
  #absence: Absence | null;
  #endMs: number | null;
  #isPaused: boolean;
  #resumedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: LiveSoundOptions) {
    this.#options = options;
    this.#absence = options.absence;
    this.#endMs = options.absence?.startMs ?? null;
    this.#isPaused = options.isPaused;
  }

  /** Up to where the sound is accounted for, in ms since the answer; null before there was any. */
  get endMs(): number | null {
    return this.#endMs;
  }

  /** Since when there is no sound; null while there is. */
  get absence(): Absence | null {
    return this.#absence;
  }

  take({ sounds, standstill }: Placed): void {
    if (standstill !== null && this.#absence === null) this.#breakOff(standstill.startMs, "media_stalled", null);
    for (const sound of sounds) this.#takeSound(sound);
  }

  /** The stream is gone: from here on nothing is heard, until another one brings sound. */
  lose(reason: GapReason, detail: string | null): void {
    const endMs = this.#endMs ?? this.#options.wishedMs;
    if (this.#isPaused) return;
    if (this.#absence === null) this.#breakOff(endMs, reason, detail);
    // The pause is over, and no sound has come since.
    else if (this.#absence.reason === "paused") this.#changeAbsence(endMs, reason, detail);
  }

  /** Nothing is kept from now on; `positionMs` is where the call stands. */
  pause(positionMs: number): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    if (this.#absence === null) this.#breakOff(this.#endMs ?? positionMs, "paused", null);
    else this.#changeAbsence(positionMs, "paused", null);
  }

  /** What is said from now on is kept. `isHeard`: the carrier's stream is there. */
  resume(positionMs: number, nowMs: number, isHeard: boolean): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#resumedAtMs = nowMs + RESUME_GUARD_MS;
    if (!isHeard) this.#changeAbsence(positionMs, "media_lost", null);
  }

  /** The call is over: what there is goes its way, and what has been missing since the last sound is told. */
  finish(endMs: number): void {
    if (!this.#isPaused) this.lose("media_lost", "The carrier's stream had ended.");
    this.#endAbsence(Math.round(endMs / FRAME_MS) * FRAME_MS);
  }

  #takeSound(sound: PlacedSound): void {
    const endMs = (sound.fromSample + sound.samples) / 8;
    if (this.#isPaused || sound.arrivedAtMs < this.#resumedAtMs) {
      this.#pass(endMs);
      return;
    }
    if (this.#absence !== null) {
      // A frame that is missing does not end a silence.
      if (sound.audio === null) return;
      this.#endAbsence(Math.floor(sound.fromSample / (8 * FRAME_MS)) * FRAME_MS);
    }
    this.#pass(endMs);
    this.#options.tail.take(sound);
    for (const pack of this.#packers[sound.channel].take(sound)) this.#options.onPack(pack);
  }

  #pass(endMs: number): void {
    this.#endMs = Math.max(this.#endMs ?? 0, endMs);
  }

  #breakOff(atMs: number, reason: GapReason, detail: string | null): void {
    for (const packer of Object.values(this.#packers)) for (const pack of packer.flush()) this.#options.onPack(pack);
    this.#options.tail.close();
    this.#beginAbsence({ startMs: Math.ceil(atMs / FRAME_MS) * FRAME_MS, reason, detail });
  }

  /** From `atMs` on there is no sound for another reason than before. */
  #changeAbsence(atMs: number, reason: GapReason, detail: string | null): void {
    const startMs = Math.max(Math.round(atMs / FRAME_MS) * FRAME_MS, this.#absence?.startMs ?? 0);
    this.#endAbsence(startMs);
    this.#beginAbsence({ startMs, reason, detail });
  }

  #beginAbsence(absence: Absence): void {
    this.#absence = absence;
    this.#options.onAbsence(absence);
  }

  #endAbsence(endMs: number): void {
    const absence = this.#absence;
    this.#absence = null;
    this.#pass(endMs);
    if (absence !== null && endMs > absence.startMs) this.#options.onGap({ channel: null, endMs, ...absence });
  }
}
