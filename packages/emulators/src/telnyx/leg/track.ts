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

/** Everything that can be heard on one leg, to the sample. */
export class Track {
  readonly #placements: Placement[] = [];

  place(side: Side, start: number, pcm: Int16Array): Placement {
    const placement = { side, start, end: start + pcm.length, pcm };
    this.#placements.push(placement);
    return placement;
  }

  /** What one side sounds like in a span. Sounds that overlap are mixed. */
  render(side: Side, { from, to }: Span): Int16Array {
    const out = new Int16Array(Math.max(0, to - from));
    for (const placement of this.#placements) {
      if (placement.side !== side) continue;
      const first = Math.max(from, placement.start);
      const last = Math.min(to, placement.end);
      for (let at = first; at < last; at += 1) {
        const mixed = (out[at - from] ?? 0) + (placement.pcm[at - placement.start] ?? 0);
        out[at - from] = Math.max(-32_768, Math.min(32_767, mixed));
      }
    }
    return out;
  }
}

/** Call milliseconds as a sample of the call. */
export function toSample(callMs: number): number {
  return Math.round((callMs * SAMPLE_HZ) / 1000);
}

/** A sample of the call in call milliseconds. */
export function toMs(sample: number): number {
  return (sample * 1000) / SAMPLE_HZ;
}
