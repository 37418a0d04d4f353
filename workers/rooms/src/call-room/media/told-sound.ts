import type { CallFact } from "@earwitness/core";

/** What earlier instances of the room have told of the call's sound. */
export interface ToldSound {
  /** Chunks that are in R2. */
  readonly stored: ReadonlySet<number>;
  /** Up to where both channels are accounted for, in ms since the answer; null where nothing was told. */
  readonly untilMs: number | null;
}

/** Reads it from the facts that they told, in any order. */
export function toldSoundOf(facts: Iterable<CallFact>): ToldSound {
  const stored = new Set<number>();
  let untilMs: number | null = null;
  for (const fact of facts) {
    if (fact.type === "audio.stored") stored.add(fact.chunk);
    if (fact.type === "audio.stored" || (fact.type === "audio.gap" && fact.channel === null)) {
      untilMs = Math.max(untilMs ?? 0, fact.endMs);
    }
  }
  return { stored, untilMs };
}
