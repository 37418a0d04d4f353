"use client";
import type { DeadMessageView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleX, RefreshCw } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { dismissMessage, opsQuery, sendAgain } from "../../api/ops.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Moment } from "../settings/moment.tsx";
import styles from "./ops.module.css";

/** A message that a queue gave up. What it carried is not shown: it may be of any workspace. */
export function DeadMessage({ message, mayAct }: { message: DeadMessageView; mayAct: boolean }) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries(opsQuery);
  const sending = useMutation({ mutationFn: () => sendAgain(message.id), onSuccess });
  const dismissing = useMutation({ mutationFn: () => dismissMessage(message.id), onSuccess });
  const failure = sending.error ?? dismissing.error;
  return (
    <li>
      <Icon of={CircleX} />
      <div>
        <p>
          <b>Message of a queue</b> <span className="receipt">{message.queue}</span>
        </p>
        <p className="second">{message.reason}</p>
        <p className="small quiet">
          <Moment instant={message.at} />
        </p>
        {failure && (
          <p role="alert" className={styles.wrong}>
            {errorMessage(failure)}
          </p>
        )}
      </div>
      {mayAct && (
        <div className={styles.acts}>
          <Button look="line" size="sm" busy={sending.isPending} onClick={() => sending.mutate()}>
            {!sending.isPending && <Icon of={RefreshCw} small />}
            Send again
          </Button>
          <Button size="sm" busy={dismissing.isPending} onClick={() => dismissing.mutate()}>
            Dismiss
          </Button>
        </div>
      )}
    </li>
  );
}
