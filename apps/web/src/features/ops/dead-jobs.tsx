"use client";
import type { DeadGroupView, JobView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { errorMessage } from "../../api/api-error.ts";
import { deadJobsQuery, dismissJobs } from "../../api/ops.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { Button } from "../../ui/button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Moment } from "../settings/moment.tsx";
import styles from "./ops.module.css";
import { refusedWords } from "./refused-words.ts";
import { useRunAgain } from "./use-run-again.ts";

/** The newest jobs of a group, each with its last failure in the vendor's own words. */
export function DeadJobs({ group, mayAct }: { group: DeadGroupView; mayAct: boolean }) {
  const { data, error } = useQuery(deadJobsQuery(group.kind, group.code));
  const jobs = data?.jobs;
  if (error) return <p className={styles.wrong}>The jobs did not load. {errorMessage(error)}</p>;
  if (jobs === undefined) return <Skeleton width="most" />;
  return (
    <ul className={styles.each} aria-label="Jobs of this cause">
      {jobs.map((job) => (
        <DeadJob key={job.id} job={job} mayAct={mayAct} />
      ))}
      {jobs.length < group.count && <li className="small quiet">The newest {jobs.length} are shown.</li>}
    </ul>
  );
}

function DeadJob({ job, mayAct }: { job: JobView; mayAct: boolean }) {
  const client = useQueryClient();
  const phone = usePhoneFormat();
  const again = useRunAgain({ jobIds: [job.id] });
  const dismissing = useMutation({
    mutationFn: () => dismissJobs({ jobIds: [job.id] }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["ops"] }), client.invalidateQueries({ queryKey: ["jobs"] })]),
  });
  const { callId, callLabel, lastFailure, attempts } = job;
  const vendor = lastFailure?.vendor ?? null;
  const failure = again.error ?? dismissing.error;
  const wrong = failure ? errorMessage(failure) : refusedWords("job", "run again", again.data?.refused);
  return (
    <li>
      <div>
        <p>
          {callId === null ? (
            <span className="receipt">{job.id}</span>
          ) : (
            <Link href={`/calls/${callId}`} prefetch={false}>
              {callLabel === null ? "A call" : phone(callLabel)}
            </Link>
          )}{" "}
          <span className="small quiet">
            {attempts} {attempts === 1 ? "attempt" : "attempts"}
            {lastFailure && (
              <>
                {" · last "}
                <Moment instant={lastFailure.at} />
              </>
            )}
          </span>
        </p>
        {lastFailure && <p className="second">{lastFailure.message}</p>}
        {vendor && (
          <p className="small quiet">
            {vendor.name} answered {vendor.status ?? (vendor.answer === null ? "nothing" : "with an error")}
            {vendor.requestId && (
              <>
                {" · request "}
                <span className="receipt">{vendor.requestId}</span>
              </>
            )}
          </p>
        )}
        {vendor?.answer && <pre className={`receipt ${styles.answer}`}>{vendor.answer}</pre>}
        {wrong !== null && (
          <p role="alert" className={styles.wrong}>
            {wrong}
          </p>
        )}
      </div>
      {mayAct && (
        <div className={styles.acts}>
          <Button look="line" size="sm" busy={again.isPending} onClick={() => again.mutate()}>
            Run again
          </Button>
          <Button size="sm" busy={dismissing.isPending} onClick={() => dismissing.mutate()}>
            Dismiss
          </Button>
        </div>
      )}
    </li>
  );
}
