import type { CallSummary } from "@earwitness/shared";
import { counted } from "../../format/size.ts";
import { took } from "../../format/time.ts";
import styles from "./live-screen.module.css";
import { todayOf } from "./today.ts";

export interface TodayViewProps {
  calls: readonly CallSummary[];
  isLoaded: boolean;
  isWhole: boolean;
}

/** The day so far, counted from its calls; it says what is counted. */
export function TodayView({ calls, isLoaded, isWhole }: TodayViewProps) {
  const today = todayOf(calls);
  const figure = (value: number | string) => (isLoaded ? value : "–");
  return (
    <section aria-labelledby="today">
      <h2 className={styles.heading} id="today">
        Today so far
      </h2>
      <dl className={styles.today}>
        <div title="Calls that began since midnight, in and out">
          <dt>Calls</dt>
          <dd>{figure(today.calls)}</dd>
        </div>
        <div title="Of them, answered by whoever was called">
          <dt>Answered</dt>
          <dd>{figure(today.answered)}</dd>
        </div>
        <div title="Calls that came in and ended before anybody answered">
          <dt>Missed</dt>
          <dd>{figure(today.missed)}</dd>
        </div>
        <div title="Of the calls that came in and were answered, half had rung for less than this">
          <dt>Median wait</dt>
          <dd>{figure(today.medianWaitMs === null ? "–" : took(today.medianWaitMs))}</dd>
        </div>
      </dl>
      {isLoaded && !isWhole && (
        <p className={`quiet small ${styles.counted}`}>
          Counted over the last {counted(calls.length, "call")} of today; earlier ones are not in it.
        </p>
      )}
    </section>
  );
}
