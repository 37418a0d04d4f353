import type { CaptionLatency } from "@earwitness/shared";

const BUCKET_MS = 10;
/** What takes longer than this is not told apart. */
const LONGEST_MS = 20_000;
/** Browsers tell within seconds; a caption from before these is forgotten. */
const MAX_CAPTIONS = 200;
/** Browsers know our clock to some tens of ms. */
const CLOCK_TOLERANCE_MS = 250;

interface Settled {
  readonly heardAtMs: number;
  /** Who has told: each browser counts once a caption. */
  readonly toldBy: WeakSet<WebSocket>;
}

/**
 * How long captions take from their last word's audio reaching us to standing on somebody's screen, as browsers measure it.
 * What cannot be is passed over: a caption that was never sent, a time longer than has passed, a second telling.
 */
export class PaintedLatency {
  readonly #captions = new Map<string, Settled>();
  readonly #buckets = new Uint32Array(LONGEST_MS / BUCKET_MS + 1);
  #count = 0;

  /** A final caption is on its way to browsers. */
  expect(captionId: string, heardAtMs: number): void {
    this.#captions.set(captionId, { heardAtMs, toldBy: new WeakSet() });
    const [oldest] = this.#captions.keys();
    if (this.#captions.size > MAX_CAPTIONS && oldest !== undefined) this.#captions.delete(oldest);
  }

  /** A browser tells what it measured; true if that counts. */
  take(socket: WebSocket, captionId: string, latencyMs: number, nowMs: number): boolean {
    const settled = this.#captions.get(captionId);
    if (settled === undefined || settled.toldBy.has(socket)) return false;
    if (latencyMs > nowMs - settled.heardAtMs + CLOCK_TOLERANCE_MS) return false;
    settled.toldBy.add(socket);
    const bucket = Math.min(this.#buckets.length - 1, Math.floor(latencyMs / BUCKET_MS));
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    return true;
  }

  /** What was measured until now, to 10 ms; null before anybody told. */
  get summary(): CaptionLatency | null {
    if (this.#count === 0) return null;
    return { count: this.#count, p50Ms: this.#quantile(0.5), p95Ms: this.#quantile(0.95) };
  }

  /** The upper edge of the bucket in which that part of all is reached. */
  #quantile(part: number): number {
    let rest = Math.ceil(this.#count * part);
    for (const [bucket, count] of this.#buckets.entries()) {
      rest -= count;
      if (rest <= 0) return (bucket + 1) * BUCKET_MS;
    }
    return LONGEST_MS;
  }
}
