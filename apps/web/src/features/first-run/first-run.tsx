"use client";
import { Bar } from "../shell/bar.tsx";
import { Body } from "../shell/body.tsx";
import { ChecksStep } from "./checks-step.tsx";
import styles from "./first-run.module.css";
import { NumberStep } from "./number-step.tsx";
import { TestCallStep } from "./test-call-step.tsx";

/** The way to the first call: see that everything answers, know the number, ring a phone and watch it go through. */
export default function FirstRun({ testCallId }: { testCallId: string | null }) {
  return (
    <>
      <Bar title="Calls">
        <span className="quiet small no-phone">Ready when one call has gone through from ring to transcript</span>
      </Bar>
      <Body className={styles.body}>
        <div className={styles.head}>
          <h2>{testCallId === null ? "No calls yet. Make the first one now." : "The first call."}</h2>
          <p className="second">
            A test call rings your phone, records what is said and goes through everything that a real one does.
          </p>
        </div>
        <ol className={styles.steps}>
          <ChecksStep />
          <NumberStep />
          <TestCallStep testCallId={testCallId} />
        </ol>
      </Body>
    </>
  );
}
