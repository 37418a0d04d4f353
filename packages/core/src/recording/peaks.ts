/** The finest window that is drawn: 20 bars a second at the closest zoom. */
const FINEST_WINDOW_MS = 50;
/** Past this many windows a channel they are merged in pairs, so that a recording of any length stays small. */
const MAX_WINDOWS = 65_536;

export interface Peaks {
  readonly windowMs: number;
  /** One array a channel; the greatest absolute sample of each window, scaled to 0–255. */
  readonly channels: readonly Uint8Array[];
}

/** Collects the loudness of audio for drawing, in memory bounded whatever the audio's length. */
export class PeakMeter {
  private windowMs = FINEST_WINDOW_MS;
  private framesPerWindow: number;
  private framesInWindow = 0;
  private windows = 0;
  private readonly loudest: Uint16Array;
  private readonly kept: Uint8Array[];

  constructor(sampleRateHz: number, channels: number) {
    this.framesPerWindow = Math.max(1, Math.round((sampleRateHz * FINEST_WINDOW_MS) / 1000));
    this.loudest = new Uint16Array(channels);
    this.kept = Array.from({ length: channels }, () => new Uint8Array(MAX_WINDOWS));
  }

  /** Takes interleaved 16-bit samples; whole frames only. */
  push(samples: Int16Array): void {
    const channels = this.loudest.length;
    const { loudest } = this;
    for (let i = 0; i < samples.length; i += channels) {
      for (let c = 0; c < channels; c++) {
        const sample = samples[i + c] ?? 0;
        const loudness = sample < 0 ? -sample : sample;
        if (loudness > (loudest[c] ?? 0)) loudest[c] = loudness;
      }
      if (++this.framesInWindow < this.framesPerWindow) continue;
      // With windows twice as wide, the one at hand is only half full.
      if (this.windows === MAX_WINDOWS) this.mergePairs();
      else this.closeWindow();
    }
  }

  /** What was collected; a last window that is not full counts. */
  finish(): Peaks {
    if (this.framesInWindow > 0) {
      if (this.windows === MAX_WINDOWS) this.mergePairs();
      this.closeWindow();
    }
    return { windowMs: this.windowMs, channels: this.kept.map((values) => values.slice(0, this.windows)) };
  }

  private closeWindow(): void {
    for (const [c, values] of this.kept.entries()) {
      values[this.windows] = Math.min(255, (this.loudest[c] ?? 0) >> 7);
    }
    this.windows++;
    this.loudest.fill(0);
    this.framesInWindow = 0;
  }

  private mergePairs(): void {
    for (const values of this.kept) {
      for (let i = 0; i < MAX_WINDOWS / 2; i++) {
        values[i] = Math.max(values[2 * i] ?? 0, values[2 * i + 1] ?? 0);
      }
    }
    this.windows = MAX_WINDOWS / 2;
    this.windowMs *= 2;
    this.framesPerWindow *= 2;
  }
}
