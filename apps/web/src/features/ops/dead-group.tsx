"use client";
import type { DeadGroupView } from "@earwitness/shared";
import { CircleX, RefreshCw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { dismissJobs } from "../../api/ops.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Moment } from "../settings/moment.tsx";
import { DeadJobs } from "./dead-jobs.tsx";
import styles from "./ops.module.css";
import { refusedWords } from "./refused-words.ts";
import { useRunAgain } from "./use-run-again.ts";
import { jobName } from "./work-words.ts";

const DismissDialog = lazy(() => import("./dismiss-dialog.tsx"));

/** Dead jobs of one kind that died of one cause, to be run again or dismissed together; behind it, each by itself. */
export function DeadGroup({ group, mayAct }: { group: DeadGroupView; mayAct: boolean }) {
  const { kind, code, message, count, newestAt } = group;
  const [isOpen, setOpen] = useState(false);
  const [isDismissing, setDismissing] = useState(false);
  const again = useRunAgain({ kind, code });
  const name = jobName(kind);
  const wrong = again.isError ? errorMessage(again.error) : refusedWords("job", "run again", again.data?.refused);
  return (
    <li>
      <Icon of={CircleX} />
      <div>
        <p>
          <b>{name}</b> {count > 1 && <span className="second">{counted(count, "job")}</span>}
        </p>
        <p className="second">{message}</p>
        <p className="small quiet">
          <span className="receipt">{code}</span> · last <Moment instant={newestAt} />
        </p>
        <p>
          <Button size="sm" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Hide" : "Show"} {count > 1 ? "the jobs" : "the job"}
            <span className="vh">
              : {name}, {code}
            </span>
          </Button>
        </p>
        {wrong !== null && (
          <p role="alert" className={styles.wrong}>
            {wrong}
          </p>
        )}
        {isOpen && <DeadJobs group={group} mayAct={mayAct} />}
      </div>
      {mayAct && (
        <div className={styles.acts}>
          <Button look="line" size="sm" busy={again.isPending} onClick={() => again.mutate()}>
            {!again.isPending && <Icon of={RefreshCw} small />}
            {again.isPending ? "Running" : count > 1 ? `Run all ${count} again` : "Run again"}
          </Button>
          <Button size="sm" onClick={() => setDismissing(true)}>
            Dismiss…
          </Button>
        </div>
      )}
      {isDismissing && (
        <Suspense>
          <DismissDialog
            count={count}
            what="dead job"
            dismiss={() => dismissJobs({ kind, code })}
            onClose={() => setDismissing(false)}
          >
            {name}: what {count > 1 ? "they were" : "it was"} for stays undone. The attempts and their causes are kept
            for 90 days.
          </DismissDialog>
        </Suspense>
      )}
    </li>
  );
}
