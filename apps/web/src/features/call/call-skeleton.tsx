import { ArrowLeft } from "lucide-react";
import { buttonClass } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import styles from "./call-screen.module.css";

/** A call before its first answer; also the prerendered page that every call's address begins with. */
export function CallSkeleton() {
  return (
    <div className={styles.call}>
      <header className={styles.head}>
        <a className={buttonClass({ size: "sm", square: true })} href="/calls" aria-label="Back to calls">
          <Icon of={ArrowLeft} />
        </a>
        <div className={styles.who}>
          <h1>Call</h1>
          <p className={styles.meta}>
            <span className={styles.metaLine}>
              <Skeleton />
            </span>
          </p>
        </div>
      </header>
      <div className={styles.axisPlace} />
      <div className={styles.awaited} role="status" aria-label="Loading the call">
        <Skeleton width="most" />
        <Skeleton width="half" />
        <Skeleton width="most" />
      </div>
    </div>
  );
}
