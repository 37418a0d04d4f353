/** A stretch of a session whose sound lies on the call without a break. */
interface Stretch {
  readonly sessionMs: number;
  readonly positionMs: number;
}

/** Where the sound of one transcriber session lies on the call: what was sent next to each other need not be so there. */
export class SessionMap {
  readonly #stretches: Stretch[] = [];
  #sessionMs = 0;
  #nextPositionMs = Number.NaN;

  /** How much was sent, in ms. */
  get sentMs(): number {
    return this.#sessionMs;
  }

  /** Notes what is sent next. */
  add(positionMs: number, durationMs: number): void {
    if (positionMs !== this.#nextPositionMs) this.#stretches.push({ sessionMs: this.#sessionMs, positionMs });
    this.#sessionMs += durationMs;
    this.#nextPositionMs = positionMs + durationMs;
  }

  /** A moment of the session on the call, in ms since the answer. */
  positionOf(sessionMs: number): number {
    const stretch = this.#stretches.findLast((each) => each.sessionMs <= sessionMs) ?? this.#stretches[0];
    return stretch === undefined ? 0 : Math.max(0, stretch.positionMs + Math.round(sessionMs - stretch.sessionMs));
  }

  /** The end of a word whose beginning is known: it lies in the same stretch, though it may reach to its very end. */
  endOf(startMs: number, endMs: number): number {
    return this.positionOf(startMs) + Math.max(0, Math.round(endMs - startMs));
  }
}
