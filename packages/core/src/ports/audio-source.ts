/** A download that has begun. */
export interface AudioDownload {
  /** As the other side announces it; null when it does not. */
  readonly sizeBytes: number | null;
  /**
   * In chunks large enough that counting them costs nothing; each is good only until the next is asked for, because its memory is
   * used again. Throws when nothing comes for long, or `signal` is aborted.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Fetches a carrier's file from the URL that it minted. */
export interface AudioSource {
  /**
   * Throws `not_found` for a URL that is not good any more (another must be minted), `vendor_failed` or `timeout` (retryable)
   * for one that does not answer as it should.
   */
  open(url: string, signal: AbortSignal): Promise<AudioDownload>;
}

/** Computes a digest as the bytes come. */
export interface Hasher {
  update(chunk: Uint8Array): void;
  /** Lower-case hex. Ends it. */
  hex(): string;
}
