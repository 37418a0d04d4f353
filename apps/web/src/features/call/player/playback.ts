/** What a player shows; the position, which changes with every frame, is told apart (`onFrame`). */
export interface PlaybackState {
  isPlaying: boolean;
  /** The browser waits for sound that has not come yet. */
  isWaiting: boolean;
  rate: number;
  skipsSilence: boolean;
  failure: string | null;
}

export const RATES: readonly number[] = [0.75, 1, 1.25, 1.5, 2];
export const SKIP_MS = 5_000;

export interface SilentSpan {
  startMs: number;
  endMs: number;
}
/** What is left of a silence on either side when it is skipped, so that words keep their edges. */
const SILENCE_EDGE_MS = 150;

/**
 * One clock for the sound, the axis and the words: the `<audio>` element's own. Everything else follows it by subscribing,
 * so that nothing can run apart.
 */
export class Playback {
  readonly durationMs: number;
  readonly #audio: HTMLAudioElement;
  readonly #stateListeners = new Set<() => void>();
  readonly #frameListeners = new Set<(positionMs: number) => void>();
  readonly #stop = new AbortController();
  #state: PlaybackState = { isPlaying: false, isWaiting: false, rate: 1, skipsSilence: false, failure: null };
  #silences: readonly SilentSpan[] = [];
  #frame = 0;

  constructor(audio: HTMLAudioElement, durationMs: number) {
    this.#audio = audio;
    this.durationMs = durationMs;
    const on = (type: keyof HTMLMediaElementEventMap, act: () => void) =>
      audio.addEventListener(type, act, { signal: this.#stop.signal });
    on("play", () => this.#begin());
    on("pause", () => this.#end());
    on("ended", () => this.#end());
    on("waiting", () => this.#set({ isWaiting: true }));
    on("playing", () => this.#set({ isWaiting: false, failure: null }));
    on("seeked", () => this.#tellPosition());
    on("timeupdate", () => this.#tellPosition());
    on("error", () => {
      this.#end();
      this.#set({ isWaiting: false, failure: "The sound did not load. The words and the receipt are still here." });
    });
  }

  /** Lets go of the element. The playback is of no more use then. */
  close(): void {
    this.#stop.abort();
    cancelAnimationFrame(this.#frame);
    this.#audio.pause();
  }

  get positionMs(): number {
    return Math.min(this.durationMs, this.#audio.currentTime * 1_000);
  }

  readonly getState = (): PlaybackState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  /** Tells the position on each drawn frame while it plays, and on every jump. */
  readonly onFrame = (listener: (positionMs: number) => void): (() => void) => {
    this.#frameListeners.add(listener);
    listener(this.positionMs);
    return () => this.#frameListeners.delete(listener);
  };

  /** Begins to play; a browser that refuses to is told of in the state. */
  async play(): Promise<void> {
    try {
      await this.#audio.play();
    } catch (error) {
      // A press on pause before the sound had come is no failure.
      if (error instanceof DOMException && error.name === "AbortError") return;
      this.#set({ isWaiting: false, failure: "This browser could not play the sound." });
    }
  }

  pause(): void {
    this.#audio.pause();
  }

  toggle(): void {
    if (this.#audio.paused) void this.play();
    else this.pause();
  }

  /** Goes to a position, held within the recording. */
  seek(positionMs: number): void {
    this.#audio.currentTime = Math.min(this.durationMs, Math.max(0, positionMs)) / 1_000;
    this.#tellPosition();
  }

  skip(byMs: number): void {
    this.seek(this.positionMs + byMs);
  }

  setRate(rate: number): void {
    this.#audio.playbackRate = rate;
    this.#set({ rate });
  }

  /** The next slower or faster of the usual rates; past the last it stays. */
  stepRate(step: 1 | -1): void {
    const at = RATES.indexOf(this.#state.rate);
    this.setRate(RATES[Math.min(RATES.length - 1, Math.max(0, at + step))] ?? 1);
  }

  setSilences(silences: readonly SilentSpan[]): void {
    this.#silences = silences;
  }

  setSkipsSilence(skipsSilence: boolean): void {
    this.#set({ skipsSilence });
  }

  #begin(): void {
    this.#set({ isPlaying: true });
    const draw = () => {
      this.#leapSilence();
      this.#tellPosition();
      this.#frame = requestAnimationFrame(draw);
    };
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(draw);
  }

  #end(): void {
    cancelAnimationFrame(this.#frame);
    this.#set({ isPlaying: false, isWaiting: false });
    this.#tellPosition();
  }

  #leapSilence(): void {
    if (!this.#state.skipsSilence || this.#audio.seeking) return;
    const at = this.positionMs;
    const span = this.#silences.find(
      ({ startMs, endMs }) => at >= startMs + SILENCE_EDGE_MS && at < endMs - 2 * SILENCE_EDGE_MS,
    );
    if (span) this.#audio.currentTime = (span.endMs - SILENCE_EDGE_MS) / 1_000;
  }

  #tellPosition(): void {
    const at = this.positionMs;
    for (const tell of this.#frameListeners) tell(at);
  }

  #set(change: Partial<PlaybackState>): void {
    this.#state = { ...this.#state, ...change };
    for (const tell of this.#stateListeners) tell();
  }
}
