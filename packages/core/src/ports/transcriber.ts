import type { TranscriptContent } from "../transcript/transcript.ts";

export interface TranscriptionRequest {
  /** Fetchable by the vendor for hours. */
  readonly audioUrl: string;
  readonly callbackUrl: string;
  readonly channels: number;
  /** BCP 47; null: let the vendor detect it. */
  readonly language: string | null;
  readonly keyTerms: readonly string[];
}

export type TranscriptionOutcome =
  | { readonly kind: "pending" }
  | { readonly kind: "completed"; readonly content: TranscriptContent }
  /** The vendor gave up. `retryable`: the same audio may succeed when asked again. */
  | { readonly kind: "failed"; readonly code: string; readonly message: string; readonly retryable: boolean };

/** The maker of exact transcripts. Methods throw `EarwitnessError` when the vendor cannot be reached or refuses. */
export interface Transcriber {
  readonly name: "assemblyai";
  readonly capabilities: {
    readonly maxChannels: number;
    /** Primary language subtags of BCP 47 that it can transcribe. */
    readonly languages: ReadonlySet<string>;
    readonly minDurationMs: number;
    readonly callback: "webhook";
  };
  submit(request: TranscriptionRequest): Promise<{ vendorTranscriptionId: string }>;
  /**
   * The newest submission of the same audio (by the path of its URL) since `since` that has not failed, whose answer we may have
   * lost: asked before submitting again, so that one recording is billed once. However many came after it, it is found.
   */
  findSubmission(audioUrl: string, since: Date): Promise<{ vendorTranscriptionId: string } | null>;
  fetch(vendorTranscriptionId: string): Promise<TranscriptionOutcome>;
  check(): Promise<{ message: string }>;
}
