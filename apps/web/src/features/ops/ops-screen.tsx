"use client";
import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { opsQuery } from "../../api/ops.ts";
import { meQuery } from "../../api/queries.ts";
import { useMay } from "../../api/use-may.ts";
import { Empty } from "../../ui/empty.tsx";
import { Status } from "../../ui/status.tsx";
import { useNow } from "../../ui/use-now.ts";
import { Failure, StaleNotice } from "../failure/failure.tsx";
import { aRole } from "../settings/roles.ts";
import { Bar } from "../shell/bar.tsx";
import { Body } from "../shell/body.tsx";
import { CronsTable } from "./crons-table.tsx";
import { DeadLetters } from "./dead-letters.tsx";
import { waited } from "./duration-words.ts";
import { needsWords } from "./needs.ts";
import styles from "./ops.module.css";
import { QueuesTable } from "./queues-table.tsx";
import { RunningJobs } from "./running-jobs.tsx";
import { Shortfalls } from "./shortfalls.tsx";
import { Storage } from "./storage.tsx";
import { Updates } from "./updates.tsx";
import { type Updating, useUpdates } from "./use-updates.ts";
import { BreakerNotices, VendorsTable } from "./vendors-table.tsx";

/** How the system does: what needs a hand first, then the machinery. */
export default function OpsScreen() {
  const me = useQuery(meQuery).data;
  const may = useMay();
  const { updating, isPaused, setPaused } = useUpdates();
  const isOpen = may("ops:read");
  const { data: ops, dataUpdatedAt } = useQuery({ ...opsQuery, ...updating, enabled: isOpen && updating.enabled });
  const needs = ops && needsWords(ops);
  return (
    <>
      <Bar
        title="Ops"
        beside={
          needs && (
            <span className="no-phone">
              <Status tone="warn" shape={TriangleAlert}>
                {needs}
              </Status>
            </span>
          )
        }
      >
        {isOpen && <Updates updatedAt={dataUpdatedAt} isPaused={isPaused} onPause={setPaused} />}
      </Bar>
      <Body className={styles.body} label="How the system does">
        {me && !isOpen ? (
          <Empty title="Ops: not for your role">
            You are {aRole(me.role)} in {me.workspace.name}. An owner or an admin can see this, or change your role.
          </Empty>
        ) : (
          <Machinery updating={{ ...updating, enabled: isOpen && updating.enabled }} mayAct={may("ops:act")} />
        )}
      </Body>
    </>
  );
}

function Machinery({ updating, mayAct }: { updating: Updating; mayAct: boolean }) {
  const { data: ops, error, isFetching, refetch, dataUpdatedAt } = useQuery({ ...opsQuery, ...updating });
  if (error && ops === undefined) {
    return (
      <Failure
        title="The state of the system did not load"
        error={error}
        meaning="What runs goes on."
        isTrying={isFetching}
        onTryAgain={refetch}
      />
    );
  }
  return (
    <>
      {error && <Old since={dataUpdatedAt} error={error} isTrying={isFetching} onTryAgain={refetch} />}
      {ops && <BreakerNotices vendors={ops.vendors} />}
      <DeadLetters ops={ops} mayAct={mayAct} />
      <QueuesTable ops={ops} />
      <div className={styles.two}>
        <div className={styles.column}>
          <RunningJobs ops={ops} updating={updating} mayAct={mayAct} />
          <Shortfalls calls={ops?.coverage} />
          <Storage storage={ops?.storage} />
        </div>
        <CronsTable ops={ops} mayAct={mayAct} />
      </div>
      <VendorsTable vendors={ops?.vendors} />
    </>
  );
}

/** What is shown is true of some time ago. */
function Old(props: { since: number; error: unknown; isTrying: boolean; onTryAgain: () => void }) {
  const { since, ...rest } = props;
  const ageMs = Math.max(0, useNow(1_000) - since);
  return <StaleNotice title={`This page is ${waited(ageMs)} old.`} {...rest} />;
}
