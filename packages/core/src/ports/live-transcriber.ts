/** A word as the live transcriber heard it; positions are ms from the first byte of its session. */
export interface LiveWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly isFinal: boolean;
}

/** What was understood of one stretch of speech: comes again under the same `order`, whole each time, until it is final. */
export interface LiveTurn {
  /** Rises within a session from 0. */
  readonly order: number;
  readonly text: string;
  readonly words: readonly LiveWord[];
  /** BCP 47, where the vendor tells. */
  readonly language: string | null;
  readonly isFinal: boolean;
}

/** Why a session is over. `again`: whether another may be opened for the same audio, and when. */
export interface LiveClosure {
  readonly kind: "finished" | "lost" | "refused" | "limit";
  /** The vendor's own: a close code or an HTTP status. */
  readonly code: number;
  readonly message: string;
  readonly again: "at_once" | "later" | "never";
}

export type LiveTranscriberEvent =
  | { readonly type: "begun"; readonly sessionId: string; readonly expiresAtMs: number }
  | { readonly type: "turn"; readonly turn: LiveTurn }
  /** The last event of a session, exactly once, however it ended. */
  | { readonly type: "closed"; readonly closure: LiveClosure };

/** One voice on its way to the transcriber. */
export interface LiveSession {
  /** µ-law, 8 kHz, between `minPackMs` and `maxPackMs` of it, not faster than real time. After the end it does nothing. */
  send(audio: Uint8Array): void;
  /** Asks for what is still to come; `closed` follows within seconds. */
  finish(): void;
  /** Ends it without waiting. */
  abort(reason: string): void;
}

/** The maker of captions. Its sessions are billed while they are open. */
export interface LiveTranscriber {
  readonly name: "assemblyai";
  readonly capabilities: {
    readonly minPackMs: number;
    readonly maxPackMs: number;
    readonly maxSessionMs: number;
    readonly maxKeyTerms: number;
    /** Primary language subtags of BCP 47. */
    readonly languages: ReadonlySet<string>;
  };
  /** Opens a session. Never throws: what goes wrong is told as `closed`. No event comes before it has returned. */
  open(
    options: { readonly language: string | null; readonly keyTerms: readonly string[] },
    onEvent: (event: LiveTranscriberEvent) => void,
  ): LiveSession;
}
