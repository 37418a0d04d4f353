"use client";
import { ArrowUpRight, X } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { usePhoneFormat } from "../../format/phone.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Playback } from "../call/player/playback.ts";
import { Player } from "../call/player/player.tsx";
import { usePlaybackRef, usePlaybackState } from "../call/player/use-playback.ts";
import { contactNumber } from "../calls/parties.ts";
import { addressOf, type FoundLine, listenFromMs } from "./found-line.ts";
import styles from "./search-screen.module.css";

export interface SearchPlayerProps {
  line: FoundLine;
  recording: NonNullable<FoundLine["found"]["recording"]>;
  /** Rises with each press, so that the same line can be heard again. */
  press: number;
  /** Hands the clock of the sound to the screen's keys; null when it is gone. */
  onPlayback: (playback: Playback | null) => void;
  onClose: () => void;
}

/** Plays a line where it was found, at the foot of the screen. One recording; give it a key of that. */
export default function SearchPlayer({ line, recording, press, onPlayback, onClose }: SearchPlayerProps) {
  const { found, hit } = line;
  const durationMs = recording.durationMs ?? hit.endMs;
  const [playback, audio] = usePlaybackRef(durationMs);
  const { failure } = usePlaybackState(playback);
  const contact = usePhoneFormat()(contactNumber(found.call));
  const fromMs = listenFromMs(hit);

  useEffect(() => {
    onPlayback(playback);
    return () => onPlayback(null);
  }, [playback, onPlayback]);
  // A press on the line that was heard last plays it again.
  useEffect(() => {
    playback?.seek(fromMs);
    void playback?.play();
  }, [playback, fromMs, press]);

  return (
    <div className={styles.player}>
      {failure && (
        <Notice tone="bad" role="alert" className={styles.notice}>
          {failure}
        </Notice>
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: the words stand above, where they were found */}
      <audio ref={audio} preload="metadata" src={`/api/v1/recordings/${recording.id}/audio`} />
      <Player playback={playback} durationMs={durationMs} silences={[]}>
        <p className={styles.heard}>
          <Link
            className={buttonClass({ size: "sm" })}
            href={addressOf(found, hit)}
            prefetch={false}
            aria-label={`Open the call with ${contact}`}
          >
            <span className="phone">{contact}</span>
            <Icon of={ArrowUpRight} small />
          </Link>
        </p>
        <Button square aria-label="Close the player" title="Close the player" onClick={onClose}>
          <Icon of={X} />
        </Button>
      </Player>
    </div>
  );
}
