import { Skeleton } from "../../ui/skeleton.tsx";
import { Bar } from "../shell/bar.tsx";
import styles from "./calls-screen.module.css";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] as const;

/** The list before its first answer. The prerendered page is this, so that its frame stands before any script has run. */
export function CallsSkeleton({ rowsOnly = false }: { rowsOnly?: boolean }) {
  return (
    <>
      {!rowsOnly && <Bar title="Calls" />}
      <div className={styles.rows} role="status" aria-label="Loading the calls">
        {ROWS.map((row, i) => (
          <div key={row} className={styles.row}>
            <Skeleton />
            <Skeleton width="most" />
            <Skeleton width={i % 3 === 0 ? "most" : i % 3 === 1 ? "half" : "all"} />
            <Skeleton width="half" />
            <Skeleton />
          </div>
        ))}
      </div>
    </>
  );
}
