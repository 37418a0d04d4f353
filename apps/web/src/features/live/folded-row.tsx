"use client";
import type { CallSummary } from "@earwitness/shared";
import { useNow } from "../../ui/use-now.ts";
import { callLength } from "../calls/call-line.ts";
import { callStatus } from "../calls/call-status.ts";
import { CallStatusView } from "../calls/call-status-view.tsx";
import { contactNumber } from "../calls/parties.ts";
import { ChooseCall } from "./choose-call.tsx";
import styles from "./rows.module.css";

export interface OpenRowProps {
  call: CallSummary;
  formatPhone: (number: string) => string;
  isChosen: boolean;
  onChoose: (callId: string) => void;
}

/** A call that goes on, in one line: where there are so many that their words could not be followed anyway. */
export function FoldedRow({ call, formatPhone, isChosen, onChoose }: OpenRowProps) {
  const now = useNow(1_000);
  return (
    <li>
      <ChooseCall callId={call.id} isChosen={isChosen} onChoose={onChoose}>
        <span className={styles.top}>
          <b className="clip phone">{formatPhone(contactNumber(call))}</b>
          <span className={styles.own}>
            <CallStatusView status={callStatus(call)} />
          </span>
          <b className={styles.length}>{callLength(call, now)}</b>
        </span>
      </ChooseCall>
    </li>
  );
}
