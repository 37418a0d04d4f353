import { SAMPLE_HZ } from "../../speech/speech.ts";

/** `remote` is what the other end of the leg says, `local` what is said or played to it. */
export type Side = "remote" | "local";

/** Sound on a leg: from sample `start` to sample `end` of the call. */
export interface Placement {
  readonly side: Side;
  readonly start: number;
  end: number;
  readonly pcm: Int16Array;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What this leg's side hears of another leg's party, from sample `from` to sample `to` of this leg's call. */
export interface Relay {
  readonly source: Track;
  readonly from: number;
  to: number;
  /** Added to a sample of this call, it is the same moment's sample of the source's. */
  readonly shift: number;
}

/** Everything that can be heard on one leg, to the sample. */
export class Track {
  /** By side and second of the call, so that a frame of an hour-long call is made as quickly as the first one. */
  readonly #placements: Record<Side, Map<number, Placement[]>> = { remote: new Map(), local: new Map() };
  readonly #relays: Relay[] = [];

  place(side: Side, start: number, pcm: Int16Array): Placement {
    const placement = { side, start, end: start + pcm.length, pcm };
    for (const second of secondsOf({ from: start, to: placement.end })) {
      const known = this.#placements[side].get(second);
      if (known === undefined) this.#placements[side].set(second, [placement]);
      else known.push(placement);
    }
    return placement;
  }

  /** Lets the local side hear the party of another leg from sample `from` on, until the relay's `to` is set. */
  hear(source: Track, from: number, shift: number): Relay {
    const relay = { source, from, to: Number.POSITIVE_INFINITY, shift };
    this.#relays.push(relay);
    return relay;
  }

  /** What one side sounds like in a span. Sounds that overlap are mixed. */
  render(side: Side, span: Span): Int16Array {
    const sounds = [...this.#placed(side, span), ...(side === "local" ? this.#heard(span) : [])];
    const [only] = sounds;
    const out = new Int16Array(Math.max(0, span.to - span.from));
    // Nearly every frame is silence or one voice: nothing to mix.
    if (sounds.length === 1 && only !== undefined) out.set(only.pcm, only.at - span.from);
    return sounds.length > 1 ? mix(sounds, span) : out;
  }

  *#placed(side: Side, span: Span): Generator<Sounding> {
    const known = this.#placements[side];
    const lists = [...secondsOf(span)].flatMap((second) => known.get(second) ?? []);
    for (const { pcm, start, end } of new Set(lists)) {
      const first = Math.max(span.from, start);
      const last = Math.min(span.to, end);
      if (first < last) yield { at: first, pcm: pcm.subarray(first - start, last - start) };
    }
  }

  *#heard(span: Span): Generator<Sounding> {
    for (const { source, from, to, shift } of this.#relays) {
      const first = Math.max(span.from, from);
      const last = Math.min(span.to, to);
      if (first < last) yield { at: first, pcm: source.render("remote", { from: first + shift, to: last + shift }) };
    }
  }
}

/** Sound within a span, from sample `at` of the call. */
interface Sounding {
  readonly at: number;
  readonly pcm: Int16Array;
}

function mix(sounds: readonly Sounding[], { from, to }: Span): Int16Array {
  const sum = new Int32Array(to - from);
  for (const { at, pcm } of sounds) {
    for (let i = 0; i < pcm.length; i += 1) sum[at - from + i] = (sum[at - from + i] ?? 0) + (pcm[i] ?? 0);
  }
  return Int16Array.from(sum, (sample) => Math.max(-32_768, Math.min(32_767, sample)));
}

function* secondsOf({ from, to }: Span): Generator<number> {
  for (let second = Math.floor(from / SAMPLE_HZ); second * SAMPLE_HZ < to; second += 1) yield second;
}

/** Call milliseconds as a sample of the call. */
export function toSample(callMs: number): number {
  return Math.round((callMs * SAMPLE_HZ) / 1000);
}

/** A sample of the call in call milliseconds. */
export function toMs(sample: number): number {
  return (sample * 1000) / SAMPLE_HZ;
}
