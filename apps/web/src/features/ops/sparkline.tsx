import styles from "./ops.module.css";
import { sparkPath } from "./spark-path.ts";

/** Counts as a line, oldest first. It is decoration to the number beside it, and told in words besides. */
export function Sparkline({ counts, label }: { counts: readonly number[]; label: string }) {
  return (
    <svg className={styles.spark} viewBox="0 0 96 20" role="img" aria-label={label}>
      <path d={sparkPath(counts, 96, 20)} />
    </svg>
  );
}
