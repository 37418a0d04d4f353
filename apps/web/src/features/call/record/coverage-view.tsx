"use client";
import type { CallView, CoverageView as Coverage } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import { coverageQuery } from "../../../api/call-queries.ts";
import { clock } from "../../../format/time.ts";
import { cx } from "../../../ui/cx.ts";
import { Facts } from "../../../ui/facts.tsx";
import { StaleNotice } from "../../failure/failure.tsx";
import { type MissingKind, missingKind, missingSums } from "./coverage.ts";
import { captionsWords, exactSeconds, sumWords } from "./coverage-words.ts";
import { gapWords } from "./gap-words.ts";
import styles from "./record.module.css";

const KINDS: readonly MissingKind[] = ["before", "awaited", "missing"];

/** The sum of the answered seconds, drawn and written out, and each span that is missing, with the reason. */
export function CoverageView({ call }: { call: CallView }) {
  const { data, isError, error, isFetching, refetch } = useQuery({
    ...coverageQuery(call.id),
    enabled: call.answeredAt !== null,
  });
  if (isError && !data) {
    return <StaleNotice title="Coverage did not load." error={error} isTrying={isFetching} onTryAgain={refetch} />;
  }
  if (!data || data.answeredMs === 0) return null;
  const captions = captionsWords(data);
  return (
    <section className={styles.section} aria-labelledby="coverage">
      <h2 id="coverage">Coverage {!data.isFinal && <span className={styles.count}>so far</span>}</h2>
      <Split coverage={data} />
      <Facts sum facts={termsOf(data)} />
      <Spans coverage={data} />
      {captions !== "" && <p className="quiet small">{captions}</p>}
    </section>
  );
}

/** The call from end to end: where each moment is kept. */
function Split({ coverage }: { coverage: Coverage }) {
  const { answeredMs, recorded, live, paused, missing } = coverage;
  const x = (ms: number) => (ms / answeredMs) * 1_000;
  const bars = (spans: readonly { startMs: number; endMs: number }[], className: string | undefined) =>
    spans.map(({ startMs, endMs }) => (
      <rect key={startMs} className={className} x={x(startMs)} width={Math.max(1, x(endMs - startMs))} height="8" />
    ));
  return (
    <svg className={styles.split} viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
      {bars(live, styles.live)}
      {bars(recorded, styles.recorded)}
      {bars(paused, styles.paused)}
      {KINDS.map((kind) => (
        <Fragment key={kind}>
          {bars(
            missing.filter((span) => missingKind(span) === kind),
            styles[kind],
          )}
        </Fragment>
      ))}
    </svg>
  );
}

/** The terms that add up to the answered time; those that are nothing are left out, but "missing" is always said. */
function termsOf({ answeredMs, recordedMs, liveMs, pausedMs, missing }: Coverage) {
  const { beforeMs, awaitedMs, otherMs } = missingSums(missing);
  const terms = [
    { key: "recorded", name: "Recorded", ms: recordedMs, look: styles.recorded },
    { key: "live", name: "Kept live only", ms: liveMs, look: styles.live },
    { key: "paused", name: "Paused on purpose", ms: pausedMs, look: styles.paused },
    { key: "before", name: "Before recording began", ms: beforeMs, look: styles.before },
    { key: "awaited", name: "Not stored yet", ms: awaitedMs, look: styles.awaited },
    { key: "missing", name: "Missing", ms: otherMs, look: styles.missing },
  ].filter(({ key, ms }) => ms > 0 || key === "missing");
  return [
    ...terms.map(({ key, name, ms, look }) => ({
      key,
      name: (
        <>
          <i className={cx(styles.key, look)} />
          {name}
        </>
      ),
      value: exactSeconds(ms),
    })),
    { key: "answered", name: "Answered", value: exactSeconds(answeredMs), total: true },
  ];
}

/** Each span that is missing or paused: when, how long, why. */
function Spans({ coverage: { missing, paused } }: { coverage: Coverage }) {
  const spans = [
    ...missing.map(({ startMs, endMs, reason, detail }) => ({ startMs, endMs, why: gapWords(reason, detail) })),
    ...paused.map(({ startMs, endMs }) => ({ startMs, endMs, why: "paused on purpose" })),
  ].toSorted((a, b) => a.startMs - b.startMs);
  if (spans.length === 0) return null;
  return (
    <ul className={styles.spans}>
      {spans.map(({ startMs, endMs, why }) => (
        <li key={startMs}>
          <span className="num">
            {clock(startMs)}–{clock(endMs)}
          </span>
          <span>
            {exactSeconds(endMs - startMs)}: {why}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The same sum in one line, for beside the player. */
export function CoverageLine({ coverage }: { coverage: Coverage }) {
  return <span title="Each frame of 20 ms is counted once">{sumWords(coverage)}</span>;
}
