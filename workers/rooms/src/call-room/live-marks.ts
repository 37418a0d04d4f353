import type { CallFact } from "@earwitness/core";
import type { LiveMark } from "@earwitness/shared";
import type { Absence } from "./media/live-sound.ts";

/** Single frames are lost on every line; nobody reads of less than this between two captions. */
const LEAST_SHOWN_MS = 200;

/** A span that is missing. */
export type Gap = Pick<Extract<CallFact, { type: "audio.gap" }>, "channel" | "startMs" | "endMs" | "reason" | "detail">;

/** How a span that is missing is shown between captions; null for one that is too short to be. */
export function markOfGap(of: "audio" | "captions", gap: Gap): LiveMark | null {
  if (gap.endMs - gap.startMs < LEAST_SHOWN_MS) return null;
  return markOf(of, gap);
}

/** How a span is shown that goes on: under the id that it has when it is over. */
export function markOfAbsence({ startMs, reason, detail }: Absence): LiveMark {
  return markOf("audio", { channel: null, startMs, endMs: null, reason, detail });
}

/** How it is shown that a voice is not captioned, while it is not. */
export function markOfMissing(gap: Gap): LiveMark {
  return markOf("captions", { ...gap, endMs: null });
}

function markOf(of: "audio" | "captions", gap: Omit<Gap, "endMs"> & { readonly endMs: number | null }): LiveMark {
  const { channel, startMs, endMs, reason, detail } = gap;
  const kind = reason === "paused" ? "paused" : of === "audio" ? "audio_gap" : "captions_gap";
  return { id: `${of}-${channel ?? "both"}-${startMs}`, kind, channel, startMs, endMs, reason, detail };
}
