import type { CallFact } from "@earwitness/core";
import type { Caption, LiveCallState, LiveMark } from "@earwitness/shared";
import { markOfAbsence, markOfGap } from "./live-marks.ts";
import type { Absence } from "./media/live-sound.ts";
import type { CallSnapshot } from "./watchers.ts";

interface SnapshotParts {
  readonly state: LiveCallState;
  /** What the room has told of its sound and its captions. */
  readonly told: Iterable<CallFact>;
  readonly unsettled: Iterable<Caption>;
  /** The sound that is missing now; null while it is there. */
  readonly absence: Absence | null;
}

/** The call as it stands, for somebody who sees it for the first time. */
export function callSnapshot({ state, told, unsettled, absence }: SnapshotParts): CallSnapshot {
  const captions: Caption[] = [];
  const marks: (LiveMark | null)[] = [];
  for (const fact of told) {
    // Timed words are six times the text, and nobody needs them of what will not change: an hour of them is megabytes.
    if (fact.type === "caption.settled") captions.push({ ...fact.caption, words: [] });
    else if (fact.type === "audio.gap") marks.push(markOfGap("audio", fact));
    else if (fact.type === "captions.gap") marks.push(markOfGap("captions", fact));
  }
  captions.push(...unsettled);
  if (absence !== null) marks.push(markOfAbsence(absence));
  return {
    state,
    captions: captions.sort((a, b) => a.startMs - b.startMs),
    marks: marks.filter((mark) => mark !== null).sort((a, b) => a.startMs - b.startMs),
  };
}
