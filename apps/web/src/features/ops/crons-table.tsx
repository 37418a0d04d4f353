"use client";
import type { CronName, CronView, OpsView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleX, ClockAlert } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { opsQuery, runCron } from "../../api/ops.ts";
import { exactInstant, timeOfDay, took } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { Status } from "../../ui/status.tsx";
import styles from "./ops.module.css";
import { OpsSection, OpsTable } from "./ops-section.tsx";
import { CRONS, cronTitle, resultWords } from "./work-words.ts";

/** The scheduled works: when each last ran, for how long, what came of it; each can be run now. */
export function CronsTable({ ops, mayAct }: { ops: OpsView | undefined; mayAct: boolean }) {
  return (
    <OpsSection id="crons" title="Cron">
      <OpsTable label="Cron runs">
        <thead>
          <tr>
            <th>Run</th>
            <th>Last</th>
            <th className="num">Took</th>
            <th>Result</th>
            {mayAct && (
              <th>
                <span className="vh">Run now</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {CRONS.map(({ name, every }) => {
            const cron = ops?.crons.find((one) => one.name === name);
            return (
              <tr key={name}>
                <th scope="row">
                  {cronTitle(name)}
                  <small>{every}</small>
                </th>
                <Last cron={cron} />
                <td className={styles.wrapped}>{cron && <Result cron={cron} />}</td>
                {mayAct && (
                  <td className="num">
                    <RunNow name={name} cron={cron} />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </OpsTable>
    </OpsSection>
  );
}

function Last({ cron }: { cron: CronView | undefined }) {
  const run = cron?.lastRun ?? null;
  return (
    <>
      <td className="second">
        {run === null ? (
          "–"
        ) : (
          <time dateTime={run.startedAt} title={exactInstant(run.startedAt)}>
            {timeOfDay(run.startedAt)}
          </time>
        )}
        {run?.isByHand && <small>by hand</small>}
      </td>
      <td className="num second">{run === null || run.durationMs === null ? "–" : took(run.durationMs)}</td>
    </>
  );
}

function Result({ cron: { lastRun, isLate } }: { cron: CronView }) {
  const late = (
    <Status tone="warn" shape={ClockAlert}>
      late
    </Status>
  );
  if (lastRun === null) return isLate ? late : <span className="quiet">has not run yet</span>;
  if (lastRun.state === "failed") {
    return (
      <Status tone="bad" shape={CircleX}>
        {lastRun.error ?? "It failed."}
      </Status>
    );
  }
  return (
    <>
      {isLate && <>{late} </>}
      {lastRun.state === "running" ? <span className="quiet">running</span> : resultWords(lastRun.result)}
    </>
  );
}

/** Runs a work besides its schedule, and shows it as running until a run has begun since. */
function RunNow({ name, cron }: { name: CronName; cron: CronView | undefined }) {
  const client = useQueryClient();
  const running = useMutation({
    mutationFn: () => runCron(name),
    onSuccess: () => client.invalidateQueries(opsQuery),
  });
  const isWaiting = running.isSuccess && (cron?.lastRun?.startedAt ?? "") < new Date(running.submittedAt).toISOString();
  return (
    <>
      <Button
        look="line"
        size="sm"
        busy={running.isPending || isWaiting}
        aria-label={`Run now: ${cronTitle(name)}`}
        onClick={() => running.mutate()}
      >
        Run now
      </Button>
      {running.isError && (
        <p role="alert" className={styles.wrong}>
          {errorMessage(running.error)}
        </p>
      )}
    </>
  );
}
