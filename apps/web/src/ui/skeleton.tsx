import { cx } from "./cx.ts";
import styles from "./skeleton.module.css";

const WIDTHS = ["third", "half", "most", "all"] as const;

/** The place of a line that is on its way. It stays unseen for 150 ms, so that a quick answer never flickers. */
export function Skeleton({ width = "all" }: { width?: (typeof WIDTHS)[number] }) {
  return <span className={cx(styles.skeleton, styles[width])} aria-hidden="true" />;
}
