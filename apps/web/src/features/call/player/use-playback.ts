"use client";
import { useCallback, useState, useSyncExternalStore } from "react";
import { Playback, type PlaybackState } from "./playback.ts";

/** A playback on the `<audio>` element that gets the returned ref; null until the element is there. */
export function usePlaybackRef(durationMs: number): [Playback | null, (audio: HTMLAudioElement) => () => void] {
  const [playback, setPlayback] = useState<Playback | null>(null);
  const ref = useCallback(
    (audio: HTMLAudioElement) => {
      const made = new Playback(audio, durationMs);
      setPlayback(made);
      return () => {
        made.close();
        setPlayback(null);
      };
    },
    [durationMs],
  );
  return [playback, ref];
}

const nothing = () => () => {};
const RESTING: PlaybackState = { isPlaying: false, isWaiting: false, rate: 1, skipsSilence: false, failure: null };

export function usePlaybackState(playback: Playback | null): PlaybackState {
  return useSyncExternalStore(
    playback?.subscribe ?? nothing,
    () => playback?.getState() ?? RESTING,
    () => RESTING,
  );
}

/**
 * Something that follows from the position, such as the word being said. The component is drawn again only when the answer
 * changes, however often the position does; `derive` must give equal answers as identical values (text, number, null).
 */
export function useAtPosition<Answer extends string | number | null>(
  playback: Playback | null,
  derive: (positionMs: number) => Answer,
): Answer {
  return useSyncExternalStore(
    playback?.onFrame ?? nothing,
    () => derive(playback?.positionMs ?? 0),
    () => derive(0),
  );
}
