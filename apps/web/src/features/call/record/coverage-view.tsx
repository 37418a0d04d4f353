import type { CallView } from "@earwitness/shared";
import { seconds } from "../../../format/time.ts";
import { Facts } from "../../../ui/facts.tsx";
import { type Coverage, coverageOf, isUnexplained } from "./coverage.ts";
import styles from "./record.module.css";

/** The sum of the answered seconds, drawn and written out. Nothing is shown before there is something to sum. */
export function CoverageView({ call }: { call: CallView }) {
  const coverage = coverageOf(call, call.recordings);
  if (!coverage) return null;
  const { answeredMs, recordedMs, beforeMs, otherMs } = coverage;
  const whole = Math.max(answeredMs, recordedMs + beforeMs);
  const part = (ms: number) => (Math.max(0, ms) / whole) * 1_000;
  return (
    <section className={styles.section} aria-labelledby="coverage">
      <h2 id="coverage">Coverage</h2>
      <svg className={styles.split} viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.before} width={part(beforeMs)} height="8" />
        <rect className={styles.recorded} x={part(beforeMs)} width={part(recordedMs)} height="8" />
        <rect className={styles.missing} x={part(beforeMs + recordedMs)} width={part(otherMs)} height="8" />
      </svg>
      <Facts
        sum
        facts={[
          { key: "recorded", name: <Term className={styles.recorded}>Recorded</Term>, value: seconds(recordedMs) },
          {
            key: "before",
            name: <Term className={styles.before}>Before recording began</Term>,
            value: seconds(beforeMs),
          },
          {
            key: "other",
            name: (
              <Term className={isUnexplained(coverage) ? styles.missing : styles.clocks}>{otherTerm(coverage)}</Term>
            ),
            value: seconds(otherMs),
          },
          { key: "answered", name: "Answered", value: seconds(answeredMs), total: true },
        ]}
      />
    </section>
  );
}

/** What the last term of the sum is called: seconds that are missing, or what two clocks disagree about. */
function otherTerm(coverage: Coverage): string {
  const isNone = Math.round(coverage.otherMs / 100) === 0;
  return isUnexplained(coverage) || isNone ? "Unexplained" : "Difference of the clocks";
}

function Term({ className, children }: { className: string | undefined; children: string }) {
  return (
    <>
      <i className={`${styles.key} ${className ?? ""}`} />
      {children}
    </>
  );
}

/** The same sum in one line, for beside the player. */
export function CoverageLine({ call }: { call: CallView }) {
  const coverage = coverageOf(call, call.recordings);
  if (!coverage) return null;
  const { answeredMs, recordedMs, beforeMs, otherMs } = coverage;
  const terms = [`${seconds(recordedMs)} recorded`];
  if (beforeMs > 0) terms.push(`${seconds(beforeMs)} before`);
  if (isUnexplained(coverage)) terms.push(`${seconds(otherMs)} unexplained`);
  return (
    <>
      <b>{seconds(answeredMs)} answered</b> = {terms.join(" + ")}
    </>
  );
}
