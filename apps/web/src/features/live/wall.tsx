"use client";
import { ArrowUp } from "lucide-react";
import { usePhoneFormat } from "../../format/phone.ts";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { FoldedRow } from "./folded-row.tsx";
import styles from "./live-screen.module.css";
import { ProgressRow } from "./progress-row.tsx";
import { RingRow } from "./ring-row.tsx";
import { MOST_UNFOLDED, type WallGroups } from "./wall-groups.ts";

export interface WallProps {
  groups: WallGroups;
  isLoaded: boolean;
  /** The link is cut: what is shown is the last that was known. */
  isOld: boolean;
  chosenId: string | null;
  onChoose: (callId: string) => void;
  /** Shows the calls that came while a hand was on the wall. */
  onNews: () => void;
}

/** The open calls: those that ring, then those that go on. */
export function Wall({ groups, isLoaded, isOld, chosenId, onChoose, onNews }: WallProps) {
  const formatPhone = usePhoneFormat();
  const { ringing, inProgress, waiting, isFolded } = groups;
  if (!isLoaded) {
    return (
      <div className={styles.loading} role="status" aria-label="Loading the calls">
        <Skeleton width="third" />
        <Skeleton />
        <Skeleton width="most" />
      </div>
    );
  }
  return (
    <>
      {waiting > 0 && (
        <button className={styles.news} type="button" onClick={onNews}>
          <Icon of={ArrowUp} small />
          {waiting} new
        </button>
      )}
      {ringing.length === 0 && inProgress.length === 0 && (
        <Empty className={styles.nobody} title="Nobody is on the phone">
          Calls appear here when they ring.
        </Empty>
      )}
      {ringing.length > 0 && (
        <section aria-labelledby="ringing">
          <h2 className={styles.heading} id="ringing">
            Ringing <span className="quiet">{ringing.length}</span>
          </h2>
          <ul>
            {ringing.map((call) => (
              <RingRow key={call.id} call={call} formatPhone={formatPhone} />
            ))}
          </ul>
        </section>
      )}
      {inProgress.length > 0 && (
        <section aria-labelledby="in-progress">
          <h2 className={styles.heading} id="in-progress">
            In progress <span className="quiet">{inProgress.length}</span>
          </h2>
          <ul>
            {inProgress.map((call, index) => {
              const row = { call, formatPhone, isChosen: call.id === chosenId, onChoose };
              return isFolded || index >= MOST_UNFOLDED ? (
                <FoldedRow key={call.id} {...row} />
              ) : (
                <ProgressRow key={call.id} {...row} isOld={isOld} />
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}
