"use client";
import { useQuery } from "@tanstack/react-query";
import { callQuery } from "../../api/queries.ts";
import { Empty } from "../../ui/empty.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Failure } from "../failure/failure.tsx";
import { Talk } from "../talk/talk.tsx";
import styles from "./live-screen.module.css";

export interface TalkPlaceProps {
  callId: string | null;
  isByHand: boolean;
  onBack: () => void;
}

/** The place beside the wall: the call that one is with, or what could be there. */
export function TalkPlace({ callId, isByHand, onBack }: TalkPlaceProps) {
  return (
    <div className={styles.place} data-chosen={isByHand || undefined}>
      {callId === null ? (
        <Empty className={styles.none} title="No call to show">
          The words of a call stand here while it is spoken.
        </Empty>
      ) : (
        <Chosen key={callId} callId={callId} onBack={onBack} />
      )}
    </div>
  );
}

function Chosen({ callId, onBack }: { callId: string; onBack: () => void }) {
  const { data, error, isFetching, refetch } = useQuery(callQuery(callId));
  if (data) return <Talk call={data} onBack={onBack} />;
  if (error) {
    return (
      <Failure
        className={styles.none}
        title="The call did not load"
        error={error}
        meaning="It goes on; only this view is missing."
        isTrying={isFetching}
        onTryAgain={refetch}
      />
    );
  }
  return (
    <div className={styles.loading} role="status" aria-label="Loading the call">
      <Skeleton width="third" />
      <Skeleton width="most" />
      <Skeleton width="half" />
    </div>
  );
}
