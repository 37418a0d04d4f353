import { FRAME_MS, SAMPLES_PER_MS } from "@earwitness/core";
import type { LiveChannel } from "@earwitness/shared";

/** A frame of a channel in its order, or, without sound, one that is missing. */
export interface TimedFrame {
  readonly channel: LiveChannel;
  /** µ-law; null for frames that did not come. */
  readonly audio: Uint8Array | null;
  /** How many frames are missing; 1 for one with sound. */
  readonly count: number;
  /** By our clock, in ms of the epoch. */
  readonly arrivedAtMs: number;
}

/** Sound, or the lack of it, in its place: samples since the call was answered. */
export interface PlacedSound {
  readonly channel: LiveChannel;
  readonly fromSample: number;
  readonly samples: number;
  /** null where it was lost. */
  readonly audio: Uint8Array | null;
  readonly arrivedAtMs: number;
}

/** A span in which the carrier's line stood still: no frame came, and none is missing in their numbers. */
export interface Standstill {
  readonly startMs: number;
  readonly endMs: number;
}

/** What came of a step: sound in order, and how long the line had stood still before it. */
export interface Placed {
  readonly sounds: readonly PlacedSound[];
  readonly standstill: Standstill | null;
}

/** The notice that tells when a stream began is seldom later than its first frame by more than this. */
const ORIGIN_AWAITED_MS = 500;
/** No network is still for so long without a reason. */
const STILL_MS = 1000;
/** What was only delayed comes in a burst within this time; what is still behind after it was never said. */
const CATCH_UP_MS = 500;
/** Jitter of a line; less than this behind is not worth a gap. */
const LEAST_STANDSTILL_MS = 200;
/** Tracks that lie further apart are so because one was silent: a carrier need not send frames of nothing. */
const LEAST_SILENCE_MS = 300;
/** How far one track may be ahead while the other's frames are being put in order. */
const FRAMES_APART = 6;
const USUAL_SAMPLES = FRAME_MS * SAMPLES_PER_MS;

interface Waiting extends Omit<PlacedSound, "fromSample"> {
  /** Samples since the stream began, as if the line had never stood still. */
  readonly at: number;
}

/**
 * Where a stream's frames lie on the call. They are counted from the stream's beginning, whose position is told by the carrier's
 * notice or, when that is late, taken from the arrival of the first frame. The count is corrected by the clock in two cases:
 * after a standstill of the line, and where one track was silent for a while and so sent no frames.
 */
export class StreamTimeline {
  readonly #guessOriginMs: (firstArrivalMs: number) => number;
  #originMs: number | null = null;
  #waiting: Waiting[] = [];
  readonly #counted: Record<LiveChannel, number> = { caller: 0, agent: 0 };
  readonly #frameSamples: Record<LiveChannel, number> = { caller: USUAL_SAMPLES, agent: USUAL_SAMPLES };
  /** How much the line's standstills add to what was counted. */
  #stillSamples = 0;
  #firstArrivalMs: number | null = null;
  #lastArrivalMs: number | null = null;
  /** The least time by which a frame has come after its count says, in ms of the epoch less its position. */
  #leastLagMs = Number.POSITIVE_INFINITY;
  #resuming: { readonly sinceMs: number; leastLagMs: number } | null = null;

  /** `guessOriginMs`: the call's position, in ms since the answer, of what arrived at an instant of our clock. */
  constructor(guessOriginMs: (firstArrivalMs: number) => number) {
    this.#guessOriginMs = guessOriginMs;
  }

  /** Where the stream's sound ends so far, in ms since the answer; null before its place is known. */
  get endMs(): number | null {
    if (this.#originMs === null) return null;
    return this.#originMs + (this.#stillSamples + this.#ahead()) / SAMPLES_PER_MS;
  }

  /** Fixes where the stream began, in ms since the answer, unless that is settled. Gives what waited for it. */
  begin(originMs: number): Placed {
    this.#settle(originMs);
    return this.#resuming === null ? this.#release() : nothing;
  }

  take(frame: TimedFrame): Placed {
    const { arrivedAtMs, audio, channel } = frame;
    if (this.#lastArrivalMs !== null && arrivedAtMs - this.#lastArrivalMs >= STILL_MS) {
      this.#resuming ??= { sinceMs: arrivedAtMs, leastLagMs: Number.POSITIVE_INFINITY };
    }
    this.#firstArrivalMs ??= arrivedAtMs;
    this.#lastArrivalMs = arrivedAtMs;
    this.#count(frame);
    if (audio !== null) this.#measure(this.#counted[channel] / SAMPLES_PER_MS, arrivedAtMs);
    if (this.#originMs === null && arrivedAtMs - this.#firstArrivalMs >= ORIGIN_AWAITED_MS) this.#guess();
    if (this.#originMs === null) return nothing;
    return this.#resuming === null ? this.#release() : this.#resume(arrivedAtMs, this.#resuming);
  }

  /** Gives what waits: nothing more is to come. */
  flush(): Placed {
    if (this.#firstArrivalMs === null) return nothing;
    if (this.#originMs === null) this.#guess();
    this.#resuming = null;
    return this.#release();
  }

  #guess(): void {
    if (this.#firstArrivalMs !== null) this.#settle(this.#guessOriginMs(this.#firstArrivalMs));
  }

  #settle(originMs: number): void {
    this.#originMs ??= Math.max(0, Math.round(originMs / FRAME_MS) * FRAME_MS);
  }

  #count({ channel, audio, count, arrivedAtMs }: TimedFrame): void {
    if (audio !== null && audio.length > 0) {
      this.#frameSamples[channel] = audio.length;
      this.#passSilence(channel);
    }
    const samples = audio?.length ?? count * this.#frameSamples[channel];
    this.#waiting.push({ channel, at: this.#counted[channel], samples, audio, arrivedAtMs });
    this.#counted[channel] += samples;
  }

  #passSilence(channel: LiveChannel): void {
    const behind = this.#ahead() - this.#counted[channel];
    const frame = this.#frameSamples[channel];
    const least = Math.max(LEAST_SILENCE_MS * SAMPLES_PER_MS, FRAMES_APART * frame);
    if (behind > least) this.#counted[channel] += Math.floor(behind / USUAL_SAMPLES) * USUAL_SAMPLES;
  }

  #ahead(): number {
    return Math.max(this.#counted.caller, this.#counted.agent);
  }

  #measure(positionMs: number, arrivedAtMs: number): void {
    const lagMs = arrivedAtMs - positionMs;
    if (this.#resuming !== null) this.#resuming.leastLagMs = Math.min(this.#resuming.leastLagMs, lagMs);
    else this.#leastLagMs = Math.min(this.#leastLagMs, lagMs);
  }

  /** After a standstill: waits until the frames have caught up with the clock, or have shown that they never will. */
  #resume(nowMs: number, resuming: { readonly sinceMs: number; readonly leastLagMs: number }): Placed {
    const behindMs = resuming.leastLagMs - this.#leastLagMs;
    const hasCaughtUp = behindMs < LEAST_STANDSTILL_MS;
    if (!hasCaughtUp && nowMs - resuming.sinceMs < CATCH_UP_MS) return nothing;
    this.#resuming = null;
    if (hasCaughtUp) return this.#release();
    const stillMs = Math.round(behindMs / FRAME_MS) * FRAME_MS;
    const startMs = (this.#originMs ?? 0) + (this.#stillSamples + this.#firstWaiting()) / SAMPLES_PER_MS;
    this.#stillSamples += stillMs * SAMPLES_PER_MS;
    this.#leastLagMs += stillMs;
    return { ...this.#release(), standstill: { startMs, endMs: startMs + stillMs } };
  }

  #firstWaiting(): number {
    return Math.min(...this.#waiting.map(({ at }) => at));
  }

  #release(): Placed {
    const origin = (this.#originMs ?? 0) * SAMPLES_PER_MS + this.#stillSamples;
    const sounds = this.#waiting.map(({ at, ...sound }) => ({ ...sound, fromSample: origin + at }));
    this.#waiting = [];
    return { sounds, standstill: null };
  }
}

const nothing: Placed = { sounds: [], standstill: null };
