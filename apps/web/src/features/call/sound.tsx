"use client";
import type { CallView, RecordingView, TranscriptView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useMemo } from "react";
import { coverageQuery, peaksQuery, transcriptQuery } from "../../api/call-queries.ts";
import { displayLocale } from "../../format/locale.ts";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Axis } from "./axis/axis.tsx";
import { axisMarks } from "./axis/axis-marks.ts";
import { findSilences, loudnessOf } from "./axis/bars.ts";
import styles from "./call-screen.module.css";
import { filePosition } from "./file-position.ts";
import { partyNames } from "./party-names.ts";
import type { Playback } from "./player/playback.ts";
import { Player } from "./player/player.tsx";
import { usePlaybackRef, usePlaybackState } from "./player/use-playback.ts";
import { useStartMs } from "./player/use-start-ms.ts";
import { isAlarming } from "./record/coverage.ts";
import { CoverageLine } from "./record/coverage-view.tsx";
import { talkShares } from "./transcript/turns.ts";

/** Shorter pauses belong to speaking. */
const SILENCE_MS = 800;

export interface SoundProps {
  call: CallView;
  recording: RecordingView;
  playback: Playback | null;
  /** Hands the clock of this recording to whoever follows it; null when it is gone. */
  onPlayback: (playback: Playback | null) => void;
}

/** The recording: drawn on its axis, and played. */
export function Sound({ call, recording, playback, onPlayback }: SoundProps) {
  const peaks = useQuery(peaksQuery(recording.id));
  const transcript = useQuery({ ...transcriptQuery(call.id), enabled: call.transcriptState === "ready" });
  const coverage = useQuery({ ...coverageQuery(call.id), enabled: call.answeredAt !== null }).data ?? null;
  const durationMs = recording.durationMs ?? peaks.data?.durationMs ?? 0;
  const loudness = useMemo(
    () => (peaks.data ? loudnessOf(peaks.data, recording.callerChannel) : null),
    [peaks.data, recording.callerChannel],
  );
  const silences = useMemo(() => (loudness ? findSilences(loudness, SILENCE_MS) : []), [loudness]);
  const [made, audio] = usePlaybackRef(durationMs);
  const { failure } = usePlaybackState(playback);

  useEffect(() => onPlayback(made), [made, onPlayback]);
  // An address that names a moment leads to it; hearing it is for who asked to be led there.
  const startMs = useStartMs();
  useEffect(() => {
    if (startMs !== null) made?.seek(startMs);
  }, [made, startMs]);
  useEffect(() => playback?.setSilences(silences), [playback, silences]);

  const names = partyNames(call);
  const exact = transcript.data?.kind === "exact" ? transcript.data : null;
  const shares = spokenShares(exact, durationMs);
  const marks = useMemo(
    () => axisMarks(coverage, exact?.comparison ?? null, filePosition(call, recording, coverage?.paused ?? [])),
    [coverage, exact, call, recording],
  );
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript below follows the sound word by word */}
      <audio ref={audio} preload="metadata" src={`/api/v1/recordings/${recording.id}/audio`} />
      <Axis
        loudness={loudness}
        durationMs={durationMs}
        silences={silences}
        marks={marks}
        caller={{ name: names.caller, detail: shares.caller }}
        agent={{ name: names.agent, detail: shares.agent }}
        playback={playback}
      />
      <Player playback={playback} durationMs={durationMs} silences={silences}>
        {coverage && (
          <p className={styles.coverage} data-is={isAlarming(coverage) ? "bad" : "good"}>
            <Icon of={isAlarming(coverage) ? TriangleAlert : CircleCheck} small />
            <CoverageLine coverage={coverage} />
          </p>
        )}
      </Player>
      {failure && (
        <Notice tone="bad" role="alert" className={styles.notice}>
          {failure}
        </Notice>
      )}
      {peaks.isError && (
        <Notice tone="warn" className={styles.notice}>
          The drawing of the sound did not load; it plays all the same.
        </Notice>
      )}
    </>
  );
}

/** How much of the time each side spoke, in words, once that is known. */
function spokenShares(transcript: TranscriptView | null, durationMs: number) {
  if (!transcript || durationMs === 0) return { caller: "", agent: "" };
  const percent = new Intl.NumberFormat(displayLocale(), { style: "percent" });
  const shares = talkShares(transcript, durationMs);
  return { caller: `spoke ${percent.format(shares.caller)}`, agent: `spoke ${percent.format(shares.agent)}` };
}
