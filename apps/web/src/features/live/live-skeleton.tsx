import { Skeleton } from "../../ui/skeleton.tsx";
import { Bar } from "../shell/bar.tsx";
import styles from "./live-screen.module.css";

/** The wall before its first answer; also the prerendered page. */
export function LiveSkeleton() {
  return (
    <>
      <Bar title="Live" />
      <div className={styles.screen}>
        <div className={styles.wall} role="status" aria-label="Loading the calls">
          <div className={styles.loading}>
            <Skeleton width="third" />
            <Skeleton />
            <Skeleton width="most" />
            <Skeleton width="half" />
          </div>
        </div>
      </div>
    </>
  );
}
