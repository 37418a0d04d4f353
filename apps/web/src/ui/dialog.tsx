"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import styles from "./dialog.module.css";

export interface DialogProps {
  title: ReactNode;
  /** The buttons, the one that acts last. */
  foot: ReactNode;
  onClose: () => void;
  /** A question that must be answered is not closed by a press beside it. */
  insists?: boolean;
  children: ReactNode;
}

/**
 * A dialog that is open for as long as it is drawn. It keeps focus, closes on Escape, and gives focus back to what had it.
 * It says what will happen, to what, and whether it can be undone. Load the module that draws it when it is first asked for.
 */
export function Dialog({ title, foot, onClose, insists = false, children }: DialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()} disablePointerDismissal={insists}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.dialog}>
          <div className={styles.body}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {children}
          </div>
          <div className={styles.foot}>{foot}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
