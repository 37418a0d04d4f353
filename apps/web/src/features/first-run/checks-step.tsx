"use client";
import type { CheckView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, CircleX, RefreshCw } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { checksQuery } from "../../api/queries.ts";
import { exactInstant, timeOfDay, took } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import styles from "./first-run.module.css";
import { Step, type StepState } from "./step.tsx";

const SIGNS = { ok: CircleCheck, failed: CircleX, not_set: CircleDashed } as const;
const AWAITED = ["Carrier", "Transcriber", "Storage", "Database"] as const;

/** One real request to each thing that a call needs, and what came back. */
export function ChecksStep() {
  const { data, error, isFetching, refetch } = useQuery(checksQuery);
  return (
    <Step
      number={1}
      state={stateOf(data?.checks, isFetching, error)}
      title="Check the keys"
      beside={
        data ? (
          <>
            one harmless real request each,{" "}
            <time dateTime={data.checkedAt} title={exactInstant(data.checkedAt)}>
              {timeOfDay(data.checkedAt)}
            </time>
          </>
        ) : (
          "one harmless real request each"
        )
      }
      action={
        <Button look="line" size="sm" busy={isFetching} onClick={() => refetch()}>
          {!isFetching && <Icon of={RefreshCw} small />}
          {isFetching ? "Checking" : "Check again"}
        </Button>
      }
    >
      {error && (
        <Notice tone="bad" role="alert" className={styles.indent}>
          The checks did not run. {errorMessage(error)}
        </Notice>
      )}
      <ul className={styles.checks} aria-live="polite" aria-busy={isFetching}>
        {data
          ? data.checks.map((check) => <CheckLine key={check.name} check={check} />)
          : !error &&
            AWAITED.map((name) => (
              <li key={name}>
                <Icon of={CircleDashed} />
                <div>
                  <b>{name}</b>
                  <Skeleton width="half" />
                </div>
              </li>
            ))}
      </ul>
    </Step>
  );
}

function CheckLine({ check }: { check: CheckView }) {
  const result = check.state === "not_set" ? "not set" : (check.statusCode ?? "no answer");
  return (
    <li data-is={check.state}>
      <Icon of={SIGNS[check.state]} />
      <div>
        <b>{check.label}</b>
        <p>{check.message}</p>
      </div>
      <span className={styles.result}>{check.state === "ok" ? took(check.durationMs) : result}</span>
    </li>
  );
}

function stateOf(checks: readonly CheckView[] | undefined, isFetching: boolean, error: unknown): StepState {
  if (isFetching) return "busy";
  if (error || checks?.some(({ state }) => state === "failed")) return "bad";
  return checks?.every(({ state }) => state === "ok") ? "good" : "open";
}
