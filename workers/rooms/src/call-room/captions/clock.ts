/** Time, as captions take it, so that a test can hold it still. */
export interface CaptionClock {
  /** Ms of the epoch. */
  nowMs(): number;
  /** Runs `what` in `ms`, unless the returned function is called before. */
  after(ms: number, what: () => void): () => void;
}

export const platformClock: CaptionClock = {
  nowMs: () => Date.now(),
  after(ms, what) {
    const timer = setTimeout(what, ms);
    return () => clearTimeout(timer);
  },
};
