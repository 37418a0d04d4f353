"use client";
import { useKeys } from "../../shell/use-keys.ts";
import type { Playback } from "../player/playback.ts";
import type { Turn } from "./turns.ts";

/** How far into a turn or word "the one before" still means its own beginning. */
const OWN_BEGINNING_MS = 400;

/** Steps through the call by turns (shift and arrows) and by words (comma and full stop). */
export function useTranscriptKeys(turns: readonly Turn[], playback: Playback | null): void {
  const words = turns.flatMap((turn) => turn.words);
  const step = (starts: readonly { startMs: number }[], by: 1 | -1) => {
    if (!playback) return;
    const at = playback.positionMs;
    const next =
      by === 1
        ? starts.find(({ startMs }) => startMs > at + 1)
        : starts.findLast(({ startMs }) => startMs < at - (playback.getState().isPlaying ? OWN_BEGINNING_MS : 1));
    if (next) playback.seek(next.startMs);
  };
  useKeys({
    "Shift+ArrowLeft": () => step(turns, -1),
    "Shift+ArrowRight": () => step(turns, 1),
    ",": () => step(words, -1),
    ".": () => step(words, 1),
  });
}
