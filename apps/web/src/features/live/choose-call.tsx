import type { ReactNode } from "react";
import styles from "./rows.module.css";

export interface ChooseCallProps {
  callId: string;
  isChosen: boolean;
  onChoose: (callId: string) => void;
  children: ReactNode;
}

/** A row that brings its call into the pane. It is a link with an address of its own, so that it can be opened elsewhere. */
export function ChooseCall({ callId, isChosen, onChoose, children }: ChooseCallProps) {
  return (
    <a
      className={styles.row}
      href={`/live?call=${encodeURIComponent(callId)}#talk`}
      aria-current={isChosen || undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onChoose(callId);
      }}
    >
      {children}
    </a>
  );
}
