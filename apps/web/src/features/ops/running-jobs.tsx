"use client";
import type { JobView, OpsView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { errorMessage } from "../../api/api-error.ts";
import { cancelJob, runningJobsQuery } from "../../api/ops.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { Button } from "../../ui/button.tsx";
import { useNow } from "../../ui/use-now.ts";
import { Failure } from "../failure/failure.tsx";
import { waited } from "./duration-words.ts";
import styles from "./ops.module.css";
import { OpsSection } from "./ops-section.tsx";
import type { Updating } from "./use-updates.ts";
import { jobName, progressWords } from "./work-words.ts";

/** The workspace's own jobs that are under way, with how far each is. */
export function RunningJobs({
  ops,
  updating,
  mayAct,
}: {
  ops: OpsView | undefined;
  updating: Updating;
  mayAct: boolean;
}) {
  const { data, error, isFetching, refetch } = useQuery({ ...runningJobsQuery, ...updating });
  const open = ops?.queues.reduce((sum, { waiting, running }) => sum + waiting + running, 0);
  return (
    <OpsSection
      id="jobs"
      title="Jobs running"
      count={
        data && (
          <span className={styles.count}>
            {data.jobs.length}
            {open !== undefined && open > data.jobs.length && ` of ${open} in all workspaces`}
          </span>
        )
      }
    >
      {error && !data && (
        <Failure
          title="The jobs did not load"
          error={error}
          meaning="They run all the same."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
      {data?.jobs.length === 0 && <p className="quiet">Nothing runs now.</p>}
      {data && data.jobs.length > 0 && (
        <ul className={styles.jobs} aria-label="Jobs running">
          {data.jobs.map((job) => (
            <RunningJob key={job.id} job={job} mayAct={mayAct} />
          ))}
        </ul>
      )}
    </OpsSection>
  );
}

function RunningJob({ job, mayAct }: { job: JobView; mayAct: boolean }) {
  const client = useQueryClient();
  const now = useNow(1_000);
  const phone = usePhoneFormat();
  const cancelling = useMutation({
    mutationFn: () => cancelJob(job.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
  const { callId, callLabel, progress, attempts, startedAt } = job;
  const name = jobName(job.kind);
  const words = progressWords(job);
  return (
    <li>
      <div>
        <b>{name}</b>{" "}
        {callId !== null && (
          <Link href={`/calls/${callId}`} prefetch={false}>
            {callLabel === null ? "a call" : phone(callLabel)}
          </Link>
        )}
      </div>
      <span className="num second">{startedAt === null ? "–" : waited(Math.max(0, now - Date.parse(startedAt)))}</span>
      <progress
        className={styles.progress}
        aria-label={words === null ? name : `${name}, ${words}`}
        {...(progress?.total ? { value: progress.done, max: progress.total } : {})}
      />
      <small className="quiet">
        {[...(words === null ? [] : [words]), `attempt ${attempts}`].join(" · ")}
        {job.isCancelling && " · ends at its next step"}
      </small>
      {mayAct && !job.isCancelling && (
        <Button
          size="sm"
          busy={cancelling.isPending}
          aria-label={`Cancel: ${name}`}
          onClick={() => cancelling.mutate()}
        >
          Cancel
        </Button>
      )}
      {cancelling.isError && (
        <p role="alert" className={styles.wrong}>
          {errorMessage(cancelling.error)}
        </p>
      )}
    </li>
  );
}
