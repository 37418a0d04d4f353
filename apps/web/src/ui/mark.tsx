import styles from "./mark.module.css";

/** The outline of an ear; inside it the three bars that it heard. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" className={styles.mark}>
      <path className={styles.ear} d="M5 10a7.5 7.5 0 0 1 15 0c0 6.2-6.2 6-6.2 10.2a2.8 2.8 0 0 1-5.6 0V19" />
      <path className={styles.heard} d="M9.2 8.6v3M12.5 6.4v7.4M15.8 8.9v2.4" />
    </svg>
  );
}
