"use client";
import type { DeadMessageGroupView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleX, RefreshCw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { MAX_MESSAGES_AT_ONCE } from "../../api/contract.ts";
import { dismissMessages, opsQuery, sendAgain } from "../../api/ops.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Moment } from "../settings/moment.tsx";
import styles from "./ops.module.css";
import { refusedWords } from "./refused-words.ts";
import { sendAgainWords } from "./send-again-words.ts";

const DismissDialog = lazy(() => import("./dismiss-dialog.tsx"));

/** Messages that one queue gave up for one reason. What they carried is not shown: it may be of any workspace. */
export function DeadMessages({ group, mayAct }: { group: DeadMessageGroupView; mayAct: boolean }) {
  const { queue, reason, count, newestAt } = group;
  // What came after the screen was read is not dealt with unseen.
  const pick = { queue, reason, until: newestAt };
  const [isDismissing, setDismissing] = useState(false);
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: () => sendAgain(pick),
    onSuccess: () => client.invalidateQueries(opsQuery),
  });
  const wrong = sending.isError
    ? errorMessage(sending.error)
    : refusedWords("message", "sent again", sending.data?.refused);
  return (
    <li>
      <Icon of={CircleX} />
      <div>
        <p>
          <b>Message of a queue</b> <span className="receipt">{queue}</span>{" "}
          {count > 1 && <span className="second">{counted(count, "message")}</span>}
        </p>
        <p className="second">{reason}</p>
        <p className="small quiet">
          {count > 1 && "last "}
          <Moment instant={newestAt} />
        </p>
        {wrong !== null && (
          <p role="alert" className={styles.wrong}>
            {wrong}
          </p>
        )}
      </div>
      {mayAct && (
        <div className={styles.acts}>
          <Button look="line" size="sm" busy={sending.isPending} onClick={() => sending.mutate()}>
            {!sending.isPending && <Icon of={RefreshCw} small />}
            {sendAgainWords(count)}
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
            what="message"
            dismiss={() => dismissMessages(pick)}
            onClose={() => setDismissing(false)}
          >
            What {count > 1 ? "they" : "it"} carried stays undone. {count > 1 ? "They are" : "It is"} kept for 90 days,
            and until then can still be sent again by id, by a program: the audit log has the ids
            {count > MAX_MESSAGES_AT_ONCE && ` of ${MAX_MESSAGES_AT_ONCE} of them`}.
          </DismissDialog>
        </Suspense>
      )}
    </li>
  );
}
