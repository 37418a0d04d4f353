"use client";
import type { CallView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { transcriptQuery } from "../../api/call-queries.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Failure } from "../failure/failure.tsx";
import { awaitedWords } from "./awaited.ts";
import { AwaitedView } from "./awaited-view.tsx";
import styles from "./call-screen.module.css";
import { partyNames } from "./party-names.ts";
import type { Playback } from "./player/playback.ts";
import { Transcript } from "./transcript/transcript.tsx";
import { buildTurns } from "./transcript/turns.ts";

/** The words of a call that has sound; or why they are not there, and what can be done. */
export function Words({ call, playback }: { call: CallView; playback: Playback | null }) {
  const awaited = awaitedWords(call);
  const { data, error, isFetching, refetch } = useQuery({ ...transcriptQuery(call.id), enabled: awaited === null });
  const turns = useMemo(() => buildTurns(data?.utterances ?? []), [data]);

  if (awaited) return <AwaitedView awaited={awaited} callId={call.id} recordingId={null} />;
  if (data) return <Transcript transcript={data} turns={turns} names={partyNames(call)} playback={playback} />;
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
