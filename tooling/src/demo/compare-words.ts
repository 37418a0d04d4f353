import type { TranscriptView } from "@earwitness/shared";
import type { CarrierWord } from "./carrier.ts";
import { alignWords, comparable } from "./word-error-rate.ts";

export interface WordComparison {
  /** Words in the transcript. */
  heard: number;
  said: number;
  /** Over both speakers; null when nobody followed a script, so that there is nothing to compare with. */
  wordErrorRate: number | null;
  /** The greatest difference between where a word was said and where the transcript puts it. */
  maxTimingErrorMs: number;
  /** Each speaker's words, as the script and as the transcript have them. */
  speakers: { speaker: CarrierWord["speaker"]; said: string; heard: string }[];
}

/**
 * Compares a transcript with what was said into the recording. Speakers are compared one by one: where they talk at the same
 * time, the order of their words among each other means nothing.
 */
export function compareWords(said: readonly CarrierWord[], transcript: TranscriptView | undefined): WordComparison {
  const utterances = transcript?.utterances ?? [];
  let [edits, maxTimingErrorMs, heardCount] = [0, 0, 0];
  const speakers: WordComparison["speakers"] = [];
  for (const speaker of ["caller", "agent"] as const) {
    const script = said.filter((word) => word.speaker === speaker);
    const heard = utterances.filter(({ party }) => party === speaker).flatMap(({ words }) => words);
    const alignment = alignWords(
      script.map(({ text }) => comparable(text)),
      heard.map(({ text }) => comparable(text)),
    );
    edits += alignment.substitutions + alignment.deletions + alignment.insertions;
    heardCount += heard.length;
    for (const pair of alignment.pairs) {
      const [was, is] = [script[pair.said ?? -1], heard[pair.heard ?? -1]];
      if (was === undefined || is === undefined) continue;
      const off = Math.max(Math.abs(was.startMs - is.startMs), Math.abs(was.endMs - is.endMs));
      maxTimingErrorMs = Math.max(maxTimingErrorMs, off);
    }
    const text = (words: readonly { text: string }[]) => words.map((word) => word.text).join(" ");
    speakers.push({ speaker, said: text(script), heard: text(heard) });
  }
  // Words that the record gives to neither side count as added ones: they were said by one of the two.
  const unassigned = utterances.filter(({ party }) => party === "unknown").flatMap(({ words }) => words).length;
  return {
    heard: heardCount + unassigned,
    said: said.length,
    wordErrorRate: said.length === 0 ? null : (edits + unassigned) / said.length,
    maxTimingErrorMs: Math.round(maxTimingErrorMs),
    speakers,
  };
}
