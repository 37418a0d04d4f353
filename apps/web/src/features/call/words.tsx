"use client";
import type { CallView, CoverageView, RecordingView, TranscriptView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { coverageQuery, transcriptQuery } from "../../api/call-queries.ts";
import { ButtonGroup } from "../../ui/button-group.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Failure } from "../failure/failure.tsx";
import { awaitedSound, awaitedWords } from "./awaited.ts";
import { AwaitedView } from "./awaited-view.tsx";
import { healedWords, lostWords } from "./axis/axis-marks.ts";
import styles from "./call-screen.module.css";
import { filePosition } from "./file-position.ts";
import { partyNames } from "./party-names.ts";
import type { Playback } from "./player/playback.ts";
import { Comparison } from "./transcript/comparison.tsx";
import { Transcript } from "./transcript/transcript.tsx";
import { buildTurns } from "./transcript/turns.ts";

export interface WordsProps {
  call: CallView;
  recording: RecordingView | null;
  playback: Playback | null;
}

/**
 * The words of a call that is over: the exact transcript once it is there, with the way back to the captions; until then the
 * captions, if there were any, below what is awaited.
 */
export function Words({ call, recording, playback }: WordsProps) {
  const [version, setVersion] = useState<"exact" | "live">("exact");
  // Words stay to be read when their sound was taken away.
  const awaited = (call.recordingState === "purged" ? null : awaitedSound(call)) ?? awaitedWords(call);
  const coverage = useQuery({ ...coverageQuery(call.id), enabled: call.answeredAt !== null }).data ?? null;
  const hasCaptions = (coverage?.captions?.coveredMs ?? 0) > 0;
  const asked = hasCaptions && version === "live" ? transcriptQuery(call.id, "live") : transcriptQuery(call.id);
  const { data, error, isFetching, refetch } = useQuery({ ...asked, enabled: awaited === null || hasCaptions });
  const toFileMs = useMemo(
    () =>
      data?.positionsFrom === "answer" && recording
        ? filePosition(call, recording, coverage?.paused ?? [])
        : (positionMs: number) => positionMs,
    [data, recording, call, coverage],
  );
  const marks = useMemo(
    () => (data?.kind === "live" ? lostCaptions(coverage, toFileMs) : marksOf(data ?? null)),
    [data, coverage, toFileMs],
  );
  const breaks = useMemo(() => (data?.kind === "live" ? marks.map(({ atMs }) => atMs) : []), [data, marks]);
  const turns = useMemo(() => buildTurns(data?.utterances ?? [], toFileMs, breaks), [data, toFileMs, breaks]);

  const before = awaited && (
    <AwaitedView awaited={awaited} callId={call.id} recordingId={call.recordings.at(-1)?.id ?? null} />
  );
  if (data) {
    return (
      <div className={styles.stack}>
        {before}
        {data.comparison && <Comparison comparison={data.comparison} />}
        <Transcript
          key={data.kind}
          transcript={data}
          turns={turns}
          names={partyNames(call)}
          playback={playback}
          marks={marks}
          versions={
            hasCaptions && awaited === null ? (
              <ButtonGroup label="Version of the words" options={VERSIONS} value={data.kind} onChoose={setVersion} />
            ) : undefined
          }
        />
      </div>
    );
  }
  if (awaited && !(hasCaptions && isFetching)) return before;
  if (error || data === null) {
    return (
      <Failure
        className={styles.alone}
        title="The words did not load"
        error={error ?? new Error("The server knows of a transcript and did not give it.")}
        meaning="The sound plays without them."
        isTrying={isFetching}
        onTryAgain={refetch}
      />
    );
  }
  return (
    <div className={styles.awaited} role="status" aria-label="Loading the words">
      <Skeleton width="most" />
      <Skeleton width="half" />
      <Skeleton width="most" />
    </div>
  );
}

const VERSIONS = [
  { value: "live", label: "Live" },
  { value: "exact", label: "Exact" },
] as const;

/** Where the exact words fill what the captions had lost. */
function marksOf(transcript: TranscriptView | null) {
  const healed = transcript?.comparison?.healed ?? [];
  return healed.map((each) => ({ atMs: each.startMs, words: healedWords(each) }));
}

/** Where the captions lost something; both voices lose it together when the whole call is not heard. */
function lostCaptions(coverage: CoverageView | null, toFileMs: (positionMs: number) => number) {
  const gaps = coverage?.captions?.gaps ?? [];
  const told = gaps.map((gap) => ({ atMs: toFileMs(gap.startMs), words: lostWords(gap) }));
  return told.filter(
    ({ atMs, words }, i) => told.findIndex((each) => each.atMs === atMs && each.words === words) === i,
  );
}
