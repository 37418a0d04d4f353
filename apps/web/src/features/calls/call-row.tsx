import type { CallSummary } from "@earwitness/shared";
import { PhoneIncoming, PhoneMissed, PhoneOutgoing } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { exactInstant, timeOfDay } from "../../format/time.ts";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/use-now.ts";
import { callLength, callLine } from "./call-line.ts";
import { callStatus } from "./call-status.ts";
import { CallStatusView } from "./call-status-view.tsx";
import styles from "./call-table.module.css";
import { contactNumber, ownNumber } from "./parties.ts";

export interface CallRowProps {
  call: CallSummary;
  index: number;
  hasCursor: boolean;
  formatPhone: (number: string) => string;
  measure: (row: HTMLTableRowElement | null) => void;
  onOpen: (call: CallSummary) => void;
}

/** One call of the list. The whole row answers to a press; the link in it is what the keyboard and screen readers use. */
export const CallRow = memo(function CallRow({ call, index, hasCursor, formatPhone, measure, onOpen }: CallRowProps) {
  const line = callLine(call);
  const status = callStatus(call);
  return (
    <tr
      ref={measure}
      data-index={index}
      data-cursor={hasCursor || undefined}
      data-live={call.state !== "ended" || undefined}
      data-done={status.shape === "done" || undefined}
      className={styles.row}
      onClick={(event) => {
        const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey;
        const isLink = event.target instanceof Element && event.target.closest("a") !== null;
        if (isPlain && !isLink && window.getSelection()?.isCollapsed !== false) onOpen(call);
      }}
    >
      <td className={styles.direction}>
        <DirectionSign call={call} />
      </td>
      <th scope="row" className={styles.contact}>
        <Link className={styles.contactLink} href={`/calls/${call.id}`} prefetch={false}>
          <span className="phone">{formatPhone(contactNumber(call))}</span>
        </Link>
        <span className={styles.own}>
          {call.direction === "inbound" ? "to " : "from "}
          <span className="phone">{formatPhone(ownNumber(call))}</span>
        </span>
      </th>
      <td className={styles.line}>
        {"said" in line ? (
          <q className={`said ${styles.said}`}>{line.said}</q>
        ) : (
          <span className={styles.told}>{line.told}</span>
        )}
      </td>
      <td className={styles.language}>{call.language ?? <span className="quiet">–</span>}</td>
      <td className={styles.state}>
        <CallStatusView status={status} />
      </td>
      <td className={`num ${styles.length}`}>
        <CallLength call={call} />
      </td>
      <td className={`num ${styles.when}`}>
        <time dateTime={call.startedAt} title={exactInstant(call.startedAt)}>
          {timeOfDay(call.startedAt)}
        </time>
      </td>
    </tr>
  );
});

/** The names of a row's columns, and by their widths the shape of the table. */
export function CallTableHead() {
  return (
    <thead>
      <tr>
        <th className={styles.direction}>
          <span className="vh">Direction</span>
        </th>
        <th className={styles.contact}>Contact</th>
        <th>First words</th>
        <th className={styles.language}>Lang.</th>
        <th className={styles.state}>State</th>
        <th className={`num ${styles.length}`}>Length</th>
        <th className={`num ${styles.when}`} aria-sort="descending">
          When ↓
        </th>
      </tr>
    </thead>
  );
}

function DirectionSign({ call }: { call: CallSummary }) {
  const word = call.direction === "inbound" ? "Inbound" : "Outbound";
  const isMissed = call.direction === "inbound" && call.state === "ended" && call.answeredAt === null;
  const sign = isMissed ? PhoneMissed : call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing;
  return (
    <span title={isMissed ? "Inbound, missed" : word}>
      <Icon of={sign} className={isMissed ? styles.missed : undefined} />
      <span className="vh">{word}</span>
    </span>
  );
}

function CallLength({ call }: { call: CallSummary }) {
  const isOpen = call.state !== "ended";
  const now = useNow(isOpen ? 1_000 : null);
  return isOpen ? <b>{callLength(call, now)}</b> : callLength(call, now);
}
