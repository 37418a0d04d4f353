/** What the server sends, as it is written on the wire. No frame but `Error` may have a key `error`: the SDK takes it for one. */
export interface WireWord {
  readonly text: string;
  /** Milliseconds from the session's first byte. */
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly word_is_final: boolean;
}

export interface TurnFrame {
  readonly type: "Turn";
  readonly turn_order: number;
  readonly turn_is_formatted: boolean;
  readonly end_of_turn: boolean;
  readonly transcript: string;
  readonly utterance: string;
  readonly end_of_turn_confidence: number;
  readonly words: readonly WireWord[];
  readonly language_code?: string;
  readonly language_confidence?: number;
}

interface SpeechStartedFrame {
  readonly type: "SpeechStarted";
  readonly timestamp: number;
  readonly confidence: number;
}

interface BeginFrame {
  readonly type: "Begin";
  readonly id: string;
  /** Unix seconds. */
  readonly expires_at: number;
  readonly configuration: { readonly model: string; readonly mode?: string; readonly api_version: string };
}

interface TerminationFrame {
  readonly type: "Termination";
  readonly audio_duration_seconds: number;
  readonly session_duration_seconds: number;
}

interface ErrorFrame {
  readonly type: "Error";
  readonly error_code: number;
  readonly error: string;
}

/** What comes of listening. */
export type SpeechFrame = TurnFrame | SpeechStartedFrame;
export type ServerFrame = SpeechFrame | BeginFrame | TerminationFrame | ErrorFrame;
