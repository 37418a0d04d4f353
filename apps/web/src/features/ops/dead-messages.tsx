"use client";
import type { DeadMessageGroupView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleX, RefreshCw } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { dismissMessages, opsQuery, sendAgain } from "../../api/ops.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Moment } from "../settings/moment.tsx";
import styles from "./ops.module.css";
import { refusedWords } from "./refused-words.ts";

/** Messages that one queue gave up for one reason. What they carried is not shown: it may be of any workspace. */
export function DeadMessages({ group, mayAct }: { group: DeadMessageGroupView; mayAct: boolean }) {
  const { queue, reason, count, newestAt } = group;
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries(opsQuery);
  const sending = useMutation({ mutationFn: () => sendAgain({ queue, reason }), onSuccess });
  const dismissing = useMutation({ mutationFn: () => dismissMessages({ queue, reason }), onSuccess });
  const failure = sending.error ?? dismissing.error;
  const wrong = failure === null ? refusedWords("message", "sent again", sending.data?.refused) : errorMessage(failure);
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
            {count > 1 ? `Send all ${count} again` : "Send again"}
          </Button>
          <Button size="sm" busy={dismissing.isPending} onClick={() => dismissing.mutate()}>
            {count > 1 ? "Dismiss all" : "Dismiss"}
          </Button>
        </div>
      )}
    </li>
  );
}
