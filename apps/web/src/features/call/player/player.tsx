"use client";
import { Pause, Play, Redo2, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { clock } from "../../../format/time.ts";
import { Button } from "../../../ui/button.tsx";
import { Switch } from "../../../ui/check.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Select } from "../../../ui/input.tsx";
import { Spinner } from "../../../ui/spinner.tsx";
import { useKeys } from "../../shell/use-keys.ts";
import type { Span } from "../axis/bars.ts";
import { type Playback, RATES, SKIP_MS } from "./playback.ts";
import styles from "./player.module.css";
import { useAtPosition, usePlaybackState } from "./use-playback.ts";

export interface PlayerProps {
  playback: Playback | null;
  durationMs: number;
  /** Where nobody speaks. Without any, skipping them is not offered. */
  silences: readonly Span[];
  /** What stands at the end of the line. */
  children?: ReactNode;
}

/** Plays the recording: play and pause, five seconds back and on, how fast, and where it is. */
export function Player({ playback, durationMs, silences, children }: PlayerProps) {
  const { isPlaying, isWaiting, rate, skipsSilence } = usePlaybackState(playback);
  const position = useAtPosition(playback, (atMs) => clock(atMs, { tenths: true }));
  const silentMs = silences.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  useKeys({
    " ": () => playback?.toggle(),
    ArrowLeft: () => playback?.skip(-SKIP_MS),
    ArrowRight: () => playback?.skip(SKIP_MS),
    "[": () => playback?.stepRate(-1),
    "]": () => playback?.stepRate(1),
  });
  return (
    <section className={styles.player} aria-label="Player">
      <Button square aria-label="Back 5 seconds" title="Back 5 seconds (←)" onClick={() => playback?.skip(-SKIP_MS)}>
        <Icon of={Undo2} />
      </Button>
      <Button
        look="primary"
        square
        className={styles.play}
        aria-label={isPlaying ? "Pause" : "Play"}
        title={isPlaying ? "Pause (space)" : "Play (space)"}
        onClick={() => playback?.toggle()}
      >
        {isWaiting ? <Spinner /> : <Icon of={isPlaying ? Pause : Play} />}
      </Button>
      <Button
        square
        aria-label="Forward 5 seconds"
        title="Forward 5 seconds (→)"
        onClick={() => playback?.skip(SKIP_MS)}
      >
        <Icon of={Redo2} />
      </Button>
      <p className={styles.clock}>
        <b>{position}</b> <span className="quiet">/ {clock(durationMs, { tenths: true })}</span>
      </p>
      <Select
        className={styles.speed}
        aria-label="Speed"
        value={rate}
        onChange={(event) => playback?.setRate(Number(event.currentTarget.value))}
      >
        {RATES.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </Select>
      {silentMs >= 1_000 && (
        <label className={`${styles.silence} no-phone`} htmlFor="skip-silence">
          <Switch
            id="skip-silence"
            checked={skipsSilence}
            onChange={(event) => playback?.setSkipsSilence(event.currentTarget.checked)}
          />
          Skip silence <span className="quiet">saves {clock(silentMs)}</span>
        </label>
      )}
      {children}
    </section>
  );
}
