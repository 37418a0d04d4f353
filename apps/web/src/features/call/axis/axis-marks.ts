import type { CoverageView, TranscriptView } from "@earwitness/shared";
import { clock, seconds } from "../../../format/time.ts";
import { gapWords } from "../record/gap-words.ts";

/** A span of the recording that is marked on its axis; one that the file leaves out has no length there. */
export interface AxisMark {
  kind: "paused" | "healed";
  startMs: number;
  endMs: number;
  words: string;
}

/** Where a recording was paused, and where its exact words filled what the captions had lost. Positions are the file's. */
export function axisMarks(
  coverage: Pick<CoverageView, "paused"> | null,
  comparison: TranscriptView["comparison"],
  toFileMs: (callMs: number) => number,
): AxisMark[] {
  const paused = (coverage?.paused ?? []).map(
    ({ startMs, endMs }): AxisMark => ({
      kind: "paused",
      startMs: toFileMs(startMs),
      endMs: toFileMs(endMs),
      words: `Recording paused ${seconds(endMs - startMs)}, ${clock(startMs)} after the answer`,
    }),
  );
  const healed = (comparison?.healed ?? []).map(
    ({ startMs, endMs, reason, words }): AxisMark => ({
      kind: "healed",
      startMs,
      endMs,
      words: healedWords({ startMs, endMs, reason, words }),
    }),
  );
  return [...paused, ...healed].toSorted((a, b) => a.startMs - b.startMs);
}

type Healed = NonNullable<TranscriptView["comparison"]>["healed"][number];

/** `Captions lost 1.1 s here: the transcriber closed and was reopened. Filled from the recording: 3 words.` */
export function healedWords({ startMs, endMs, reason, words }: Healed): string {
  const filled = words === 1 ? "1 word" : `${words} words`;
  return `Captions lost ${seconds(endMs - startMs)} here: ${gapWords(reason, null)}. Filled from the recording: ${filled}.`;
}

type Lost = NonNullable<CoverageView["captions"]>["gaps"][number];

/** `Captions lost 1.1 s here: the transcriber closed (3005) and was reopened.` */
export function lostWords({ startMs, endMs, reason, detail }: Lost): string {
  return `Captions lost ${seconds(endMs - startMs)} here: ${gapWords(reason, detail)}.`;
}
