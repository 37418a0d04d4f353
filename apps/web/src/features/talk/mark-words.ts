import type { LiveMark } from "@earwitness/shared";
import { clock, seconds } from "../../format/time.ts";
import { gapWords } from "../call/record/gap-words.ts";

/**
 * A mark between captions as sentences: what is missing, how much and when, why, and what becomes of it. `isRecorded` says
 * whether the carrier's recording goes on beside it; only then may it be promised.
 */
export function markWords(mark: LiveMark, isRecorded: boolean): string {
  const { kind, startMs, endMs, reason, detail } = mark;
  const lasted = endMs === null ? `since ${clock(startMs)}` : `${seconds(endMs - startMs)} at ${clock(startMs)}`;
  const why = gapWords(reason, detail);
  switch (kind) {
    case "paused":
      return endMs === null
        ? `Recording paused since ${clock(startMs)}. Nothing of this is recorded or written down.`
        : `Recording paused ${seconds(endMs - startMs)}, from ${clock(startMs)} to ${clock(endMs)}. Nothing of it was recorded or written down.`;
    case "captions_gap": {
      const whose = mark.channel === null ? "Captions" : `Captions of the ${mark.channel}`;
      return `${whose} lost ${lasted}: ${why}.${isRecorded ? " The recording holds it; it will be filled." : ""}`;
    }
    case "audio_gap":
      return `Live sound lost ${lasted}: ${why}.${isRecorded ? " The carrier records beside it." : ""}`;
  }
}
