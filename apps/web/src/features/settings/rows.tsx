import type { ReactNode } from "react";
import { Skeleton } from "../../ui/skeleton.tsx";
import styles from "./rows.module.css";

/** A list of people, browsers or entries: what it is at the start, what can be done with it at the end. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {children}
    </ul>
  );
}

/** Three rows on their way. */
export function RowsSkeleton() {
  return (
    <div className={styles.rows}>
      {(["half", "third", "all"] as const).map((width) => (
        <div key={width} className={styles.row} data-plain>
          <div className={styles.who}>
            <Skeleton width={width} />
            <Skeleton width="most" />
          </div>
        </div>
      ))}
    </div>
  );
}
