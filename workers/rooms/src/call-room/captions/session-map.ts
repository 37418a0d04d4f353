/** A stretch of a session whose sound lies on the call without a break. */
interface Stretch {
  readonly sessionMs: number;
  readonly positionMs: number;
}

/** A turn looks back seconds; on a line that loses much there may be some stretches to each of them. */
const MOST_STRETCHES = 500;
/** Half a minute of packs: further back no word that is new ends. */
const MOST_ARRIVALS = 300;

/** Where and when the sound of one transcriber session was on the call: what was sent side by side need not lie so there. */
export class SessionMap {
  readonly #packMs: number;
  readonly #stretches: Stretch[] = [];
  /** When the last packs reached us, in ms of the epoch. */
  readonly #arrivals: number[] = [];
  #sessionMs = 0;
  #endMs = 0;

  constructor(packMs: number) {
    this.#packMs = packMs;
  }

  /** Up to where on the call it was sent sound. */
  get endMs(): number {
    return this.#endMs;
  }

  /** Notes the pack that is sent next. */
  add(positionMs: number, arrivedAtMs: number): void {
    const goesOn = this.#stretches.length > 0 && positionMs === this.#endMs;
    if (!goesOn) this.#stretches.push({ sessionMs: this.#sessionMs, positionMs });
    if (this.#stretches.length > MOST_STRETCHES) this.#stretches.shift();
    this.#arrivals.push(arrivedAtMs);
    if (this.#arrivals.length > MOST_ARRIVALS) this.#arrivals.shift();
    this.#sessionMs += this.#packMs;
    this.#endMs = positionMs + this.#packMs;
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

  /** When the sound that ends at a moment of the session reached us; null where that is not known any more. */
  arrivalOf(sessionMs: number): number | null {
    const back = Math.ceil(this.#sessionMs / this.#packMs) - Math.ceil(sessionMs / this.#packMs);
    return this.#arrivals.at(-1 - Math.max(0, back)) ?? null;
  }
}
