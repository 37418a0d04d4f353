/** The smallest timed unit of speech. Positions are milliseconds from the recording's start. */
export interface Word {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Continuous speech by one speaker. */
export interface Utterance {
  readonly speaker: string;
  /** 1-based; null where the audio has one channel and voices were told apart by their sound. */
  readonly channel: number | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly confidence: number;
  readonly text: string;
  readonly words: readonly Word[];
}

/** The ordered speech of a recording, as a transcriber made it. */
export interface TranscriptContent {
  /** BCP 47. */
  readonly language: string | null;
  readonly confidence: number | null;
  readonly durationMs: number | null;
  readonly utterances: readonly Utterance[];
}
